using AuthzCluster.Actors.Doors;
using AuthzCluster.Api.Http;

namespace AuthzCluster.Api.Credentials;

/// <summary>A credential as this door remembers it.</summary>
internal sealed class Admission(Credential credential, DateTimeOffset now, long since, Share share, bool isLookedUp) : KnownCredential(credential, now, since)
{
    /// <summary>Whether it was looked up elsewhere, and is to be again before it is forgotten.</summary>
    public bool IsLookedUp { get; } = isLookedUp;

    /// <summary>How much of what is handled is its bearer's; kept when the credential is judged anew.</summary>
    public Share Share { get; } = share;
}
