using AuthzCluster.Actors.Doors;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Api.Credentials;

/// <summary>Judges one kind of bearer token. Its verdict may be remembered for at most 5 seconds.</summary>
public interface ICredentialReader
{
    /// <summary>Whether a token has the form of this kind. Cheap; says nothing of whether it is good.</summary>
    bool Reads(string token);

    /// <summary>What the token says; a null value: it is not good. <see cref="ErrorCode.Unavailable"/>: it cannot be judged now.</summary>
    ValueTask<Result<Credential?>> ReadAsync(string token);
}
