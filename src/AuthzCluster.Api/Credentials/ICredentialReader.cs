using AuthzCluster.Actors.Doors;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Api.Credentials;

/// <summary>Judges one kind of bearer token. Its verdict may be remembered for at most 5 seconds.</summary>
public interface ICredentialReader
{
    /// <summary>Whether a token has the form of this kind. Cheap; says nothing of whether it is good.</summary>
    bool Reads(string token);

    /// <summary>
    /// Whether it looks up elsewhere what a token is worth, so that it may be unable to tell for a while. Then it is asked again, beside the requests, before its verdict
    /// is forgotten.
    /// </summary>
    bool LooksElsewhere => false;

    /// <summary>What the token says; a null value: it is not good. <see cref="ErrorCode.Unavailable"/>: it cannot be judged now.</summary>
    ValueTask<Result<Credential?>> ReadAsync(string token);
}
