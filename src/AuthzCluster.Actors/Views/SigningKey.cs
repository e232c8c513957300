namespace AuthzCluster.Actors.Views;

/// <summary>The public half of a key that checkpoints are signed with: ECDSA on the curve P-256, with SHA-256.</summary>
/// <param name="Id">Its thumbprint (RFC 7638).</param>
/// <param name="X">The point's first coordinate, base64url.</param>
/// <param name="Y">The second.</param>
/// <param name="MadeAt">When it was made. It signs until another is made.</param>
public sealed record SigningKey(string Id, string X, string Y, DateTimeOffset MadeAt);
