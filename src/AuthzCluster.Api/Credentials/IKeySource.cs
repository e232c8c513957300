using Microsoft.IdentityModel.Tokens;

namespace AuthzCluster.Api.Credentials;

/// <summary>Where an issuer's keys come from.</summary>
internal interface IKeySource
{
    /// <summary>The keys that a signature may be of; empty: the issuer has none such. Null: it cannot be told now.</summary>
    ValueTask<IReadOnlyList<SecurityKey>?> FindAsync(string? kid, string algorithm);
}
