using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Api.Credentials;

/// <summary>Reads one kind of bearer credential.</summary>
public interface ICredentialReader
{
    /// <summary>Whether a token has this reader's form; costs next to nothing.</summary>
    bool Reads(string token);

    /// <summary>What the token says; null: nobody we know. <see cref="ErrorCode.Unavailable"/>: it cannot be told now.</summary>
    ValueTask<Result<Credential?>> ReadAsync(string token);
}
