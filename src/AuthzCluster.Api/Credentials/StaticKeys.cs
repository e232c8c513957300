using Microsoft.IdentityModel.Tokens;

namespace AuthzCluster.Api.Credentials;

/// <summary>Keys that were given at the start.</summary>
internal sealed class StaticKeys(IssuerKeys keys) : IKeySource
{
    public ValueTask<IReadOnlyList<SecurityKey>?> FindAsync(string? kid, string algorithm) => new(keys.For(kid, algorithm));
}
