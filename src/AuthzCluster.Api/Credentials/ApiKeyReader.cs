using AuthzCluster.Actors.Doors;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Services;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Api.Credentials;

/// <summary>Reads API keys: <c>authzk_...</c>, and tokens without a dot, which are the admin key's.</summary>
/// <param name="keys">Where keys are.</param>
internal sealed class ApiKeyReader(IApiKeys keys) : ICredentialReader
{
    public bool LooksElsewhere => true;

    public bool Reads(string token) => ApiKeyToken.IdOf(token) is not null;

    public async ValueTask<Result<Credential?>> ReadAsync(string token)
    {
        var found = await keys.FindAsync(token);
        if (found is not { IsOk: true, Value: { } opened })
        {
            return found.Map(_ => (Credential?)null);
        }
        keys.Touch(opened.Key.Id);
        return Credential.Of(opened);
    }
}
