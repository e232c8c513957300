namespace AuthzCluster.Actors.Storage;

/// <summary>
/// Seals what is stored, so that who has the stored bytes and no keys learns nothing of them. Bytes are sealed for one place (<see cref="VaultPlaces"/>)
/// and open there alone. For any thread.
/// </summary>
public interface IVault
{
    /// <summary>The bytes to store; the same where this vault seals nothing.</summary>
    /// <exception cref="VaultException">They cannot be sealed; nothing was changed.</exception>
    byte[] Seal(string place, byte[] bytes);

    /// <summary>What was sealed; bytes that never were are given back as they are.</summary>
    /// <exception cref="VaultException">Their key is missing, or they were changed or moved.</exception>
    byte[] Open(string place, byte[] stored);
}
