using System.Security.Cryptography;
using AuthzCluster.Actors.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;

namespace AuthzCluster.Hosting.Vault;

/// <summary>
/// A key ring as it was when it was loaded, and Data Protection over it, which makes the keys that are due. Keys that others make are found by loading it again.
/// </summary>
internal sealed class LoadedKeys
{
    // Never change these: what is stored was sealed under them.
    private const string Application = "AuthzCluster", Purpose = "AuthzCluster.Storage";

    private readonly IKeyManager _manager;
    private readonly IDataProtector _root;
    private readonly TimeSpan _lifetime;
    private readonly Lazy<Dictionary<Guid, IKey>> _keys;

    public LoadedKeys(IKeyRing ring, TimeSpan lifetime, RingCertificates certificates)
    {
        _lifetime = lifetime;
        var services = new ServiceCollection();
        var protection = services.AddDataProtection()
            .SetApplicationName(Application)
            .SetDefaultKeyLifetime(lifetime)
            .UseCryptographicAlgorithms(new AuthenticatedEncryptorConfiguration { EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM });
        services.Configure<KeyManagementOptions>(management => management.XmlRepository = new RingRepository(ring));
        if (certificates.Present is { } present)
        {
            protection.ProtectKeysWithCertificate(present);
        }
        if (certificates.All.Length > 0)
        {
            protection.UnprotectKeysWithAnyCertificate(certificates.All);
        }
        // Never disposed: it may be in use when another takes its place, and holds nothing but memory.
        var provider = services.BuildServiceProvider();
        _manager = provider.GetRequiredService<IKeyManager>();
        _root = provider.GetRequiredService<IDataProtectionProvider>().CreateProtector(Purpose);
        _keys = new(() => _manager.GetAllKeys().ToDictionary(key => key.KeyId), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>Whether a key is in the ring; it may be unusable.</summary>
    public bool Has(Guid key) => _keys.Value.ContainsKey(key);

    /// <summary>Why a key that is in the ring opens nothing; null: it does.</summary>
    public string? ProblemOf(Guid key)
    {
        try
        {
            return _keys.Value[key].IsRevoked ? "it is revoked"
                : _keys.Value[key].CreateEncryptor() is null ? "its kind is not known" : null;
        }
        catch (Exception e) when (e is CryptographicException or InvalidOperationException or FormatException or NotSupportedException)
        {
            return e.GetBaseException().Message;
        }
    }

    /// <summary>Seals and opens for one place.</summary>
    public IDataProtector Of(string place)
    {
        // Never loaded after Data Protection's own copy: a key that is known here opens there.
        _ = _keys.Value;
        return _root.CreateProtector(place);
    }

    /// <summary>Makes a key that seals from now on, where the ring is loaded after this.</summary>
    public Guid MakeKey()
    {
        var now = DateTimeOffset.UtcNow;
        return _manager.CreateNewKey(now, now + _lifetime).KeyId;
    }
}
