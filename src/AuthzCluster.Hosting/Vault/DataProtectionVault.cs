using System.Security.Cryptography;
using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Hosting.Vault;

/// <summary>
/// Seals with ASP.NET Core Data Protection (AES-256-GCM, a key of its own for each thing sealed). The place is its purpose. A key that is not known, since
/// another node has just made it, is looked for in the ring once before it counts as missing.
/// </summary>
public sealed class DataProtectionVault : IVault
{
    // A key that was missing is not looked for again before this is over.
    private static readonly TimeSpan MissingCounts = TimeSpan.FromSeconds(1);

    private readonly IKeyRing _ring;
    private readonly VaultOptions _options;
    private readonly RingCertificates _certificates;
    private readonly Lock _loading = new();
    private volatile LoadedKeys _keys;
    private (Guid Key, long At) _missing;

    /// <summary>A vault over a key ring, which is read when it is first needed; a first key is made then.</summary>
    /// <exception cref="StartRefusedException">A certificate cannot be used.</exception>
    public DataProtectionVault(IKeyRing ring, VaultOptions options)
    {
        (_ring, _options, _certificates) = (ring, options, RingCertificates.Read(options));
        _keys = Load();
    }

    /// <summary>Makes a key that seals from now on; other nodes take it up within a day, or when they are started.</summary>
    /// <exception cref="StoreUnavailableException">The ring cannot be read or written.</exception>
    public Guid MakeKey()
    {
        lock (_loading)
        {
            var key = _keys.MakeKey();
            _keys = Load();
            return key;
        }
    }

    /// <inheritdoc/>
    public byte[] Seal(string place, byte[] bytes)
    {
        if (!_options.IsOn)
        {
            return bytes;
        }
        try
        {
            return SealedBytes.WithMark(_keys.Of(place).Protect(bytes));
        }
        catch (Exception cause) when (cause is not OutOfMemoryException)
        {
            throw new VaultException($"`{place}` cannot be sealed with the key ring in {_ring.Where}: {ReasonOf(cause)}", cause);
        }
    }

    /// <inheritdoc/>
    public byte[] Open(string place, byte[] stored)
    {
        if (!SealedBytes.IsSealed(stored))
        {
            return stored;
        }
        var key = SealedBytes.KeyOf(stored) ?? throw new VaultException($"what is stored at `{place}` is sealed and cut off: restore it from a backup");
        var keys = With(key) ?? throw new VaultException($"what is stored at `{place}` is sealed with the key {Told(key)}");
        try
        {
            return keys.Of(place).Unprotect(SealedBytes.WithoutMark(stored));
        }
        catch (CryptographicException cause)
        {
            throw new VaultException(keys.ProblemOf(key) is { } problem
                ? $"what is stored at `{place}` is sealed with the key {Told(key, problem)}"
                : $"what is stored at `{place}` was changed, or sealed for another place: restore it from a backup", cause);
        }
    }

    /// <summary>Why a key opens nothing, and what mends it; null: it does.</summary>
    /// <exception cref="StoreUnavailableException">The ring cannot be read.</exception>
    internal string? ProblemOf(Guid key) => With(key) is not { } keys ? Told(key) : keys.ProblemOf(key) is { } problem ? Told(key, problem) : null;

    private string Told(Guid key, string? problem = null) => problem is null
        ? $"{key}, which is not in the key ring in {_ring.Where}: restore the key ring from a backup"
        : $"{key}, which is in the key ring in {_ring.Where} and cannot be used ({problem}): if a certificate protects it, name that by --key-ring-cert or --key-ring-old-certs";

    // What Data Protection says around it does not tell what to mend.
    private static string ReasonOf(Exception cause)
    {
        for (var inner = cause; inner is not null; inner = inner.InnerException)
        {
            if (inner is StoreUnavailableException)
            {
                return inner.Message;
            }
        }
        return cause.GetBaseException().Message;
    }

    private LoadedKeys Load() => new(_ring, _options.KeyLifetime, _certificates);

    private LoadedKeys? With(Guid key)
    {
        if (_keys is var keys && keys.Has(key))
        {
            return keys;
        }
        lock (_loading)
        {
            if (_keys.Has(key))
            {
                return _keys;
            }
            if (_missing.Key == key && TimeProvider.System.GetElapsedTime(_missing.At) < MissingCounts)
            {
                return null;
            }
            _keys = Load();
            if (_keys.Has(key))
            {
                return _keys;
            }
            _missing = (key, TimeProvider.System.GetTimestamp());
            return null;
        }
    }
}
