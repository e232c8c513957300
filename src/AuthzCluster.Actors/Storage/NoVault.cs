namespace AuthzCluster.Actors.Storage;

/// <summary>Seals nothing, and opens nothing that is sealed.</summary>
public sealed class NoVault : IVault
{
    private NoVault()
    {
    }

    /// <summary>The one there is.</summary>
    public static NoVault Instance { get; } = new();

    /// <inheritdoc/>
    public byte[] Seal(string place, byte[] bytes) => bytes;

    /// <inheritdoc/>
    public byte[] Open(string place, byte[] stored) =>
        SealedBytes.IsSealed(stored) ? throw new VaultException($"`{place}` is sealed, and there is no key ring here") : stored;
}
