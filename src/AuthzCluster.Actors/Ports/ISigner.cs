using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;

namespace AuthzCluster.Actors.Ports;

/// <summary>
/// Signs what is to be shown to others later, with a key that all nodes share. Signed texts are JWS in compact form (RFC 7515), ES256, with <c>kid</c> and
/// <c>typ</c>. Any method may throw <see cref="StoreUnavailableException"/>.
/// </summary>
public interface ISigner
{
    /// <summary>Signs a payload as something of a type; the first time a key is made.</summary>
    ValueTask<string> SignAsync(string type, byte[] payload);

    /// <summary>The payload of what was signed as that type; null: it was not, or not here.</summary>
    ValueTask<byte[]?> OpenAsync(string type, string signed);

    /// <summary>The keys that ever signed, oldest first.</summary>
    ValueTask<IReadOnlyList<SigningKey>> ListKeysAsync();
}
