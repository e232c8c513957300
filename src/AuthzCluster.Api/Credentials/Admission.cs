using AuthzCluster.Actors.Doors;
using AuthzCluster.Api.Http;

namespace AuthzCluster.Api.Credentials;

/// <summary>A credential as this door remembers it.</summary>
internal sealed class Admission(Credential credential, DateTimeOffset now, long since, Share share) : KnownCredential(credential, now, since)
{
    /// <summary>How much of what is handled is its bearer's; kept when the credential is judged anew.</summary>
    public Share Share { get; } = share;
}
