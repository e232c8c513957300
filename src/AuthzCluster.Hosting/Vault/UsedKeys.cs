using System.Buffers.Binary;
using System.Collections.Immutable;
using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Hosting.Vault;

/// <summary>
/// Which keys were ever used, kept beside what they sealed: noted before the first thing that a key seals is stored, each with something that it sealed. So
/// a start knows which keys it needs, and tries them, before anything is read.
/// </summary>
internal sealed class UsedKeys(IActorStore store, IVault vault)
{
    private const byte Version = 1;
    private const int KeyBytes = 16, LengthBytes = 4;
    private static readonly string Place = VaultPlaces.State(ActorKey.OfVault);

    private volatile ImmutableHashSet<Guid> _noted = [];

    /// <summary>Refuses a ring that lacks a key which was used, or cannot use it.</summary>
    /// <exception cref="StartRefusedException">One is missing; the message names it and what to do.</exception>
    /// <exception cref="StoreUnavailableException">The store, or the ring, cannot be read.</exception>
    public static async Task CheckAsync(IActorStore store, DataProtectionVault vault)
    {
        try
        {
            var (_, used) = await ReadAsync(store).ConfigureAwait(false);
            foreach (var (key, sample) in used)
            {
                if (vault.ProblemOf(key) is { } problem)
                {
                    throw new StartRefusedException($"--encryption: data is sealed with the key {problem}");
                }
                vault.Open(Place, sample);
            }
            if (!used.IsEmpty)
            {
                Warm(vault);
            }
        }
        catch (VaultException e)
        {
            throw new StartRefusedException($"--encryption: {e.Message}", e);
        }
    }

    /// <summary>Whether bytes are not sealed, or with a key that is noted.</summary>
    public bool Knows(byte[]? stored) => SealedBytes.KeyOf(stored) is not { } key || _noted.Contains(key);

    /// <summary>Notes the key that seals now.</summary>
    /// <exception cref="StoreUnavailableException">It could not be.</exception>
    public async ValueTask NoteAsync()
    {
        var sample = vault.Seal(Place, [Version]);
        var key = SealedBytes.KeyOf(sample)!.Value;
        while (true)
        {
            var (version, noted) = await ReadAsync(store).ConfigureAwait(false);
            if (!noted.ContainsKey(key)
                && await store.CommitAsync(new Commit(ActorKey.OfVault, version, Write(noted.Add(key, sample)))).ConfigureAwait(false) != CommitOutcome.Committed)
            {
                continue;
            }
            _noted = _noted.Union(noted.Keys).Add(key);
            return;
        }
    }

    // The ring is loaded, and a key that is due made, before many wait for it at once, each holding a thread. What fails here fails again and is told with the first write.
    private static void Warm(DataProtectionVault vault)
    {
        try
        {
            vault.Seal(Place, [Version]);
        }
        catch (VaultException)
        {
        }
    }

    private static async ValueTask<(long Version, ImmutableDictionary<Guid, byte[]> Keys)> ReadAsync(IActorStore store) =>
        await store.ReadAsync(ActorKey.OfVault).ConfigureAwait(false) is { } stored ? (stored.Version, Parse(stored.State)) : (0, ImmutableDictionary<Guid, byte[]>.Empty);

    private static byte[] Write(ImmutableDictionary<Guid, byte[]> keys)
    {
        using var all = new MemoryStream();
        all.WriteByte(Version);
        Span<byte> length = stackalloc byte[LengthBytes];
        foreach (var (key, sample) in keys)
        {
            all.Write(key.ToByteArray());
            BinaryPrimitives.WriteInt32LittleEndian(length, sample.Length);
            all.Write(length);
            all.Write(sample);
        }
        return all.ToArray();
    }

    private static ImmutableDictionary<Guid, byte[]> Parse(byte[] state)
    {
        try
        {
            if (state[0] != Version)
            {
                throw new VaultException($"the list of used keys has format {state[0]}, this version knows {Version}: start a version that is as new as the data");
            }
            var keys = ImmutableDictionary.CreateBuilder<Guid, byte[]>();
            for (var rest = state.AsSpan(1); rest.Length > 0;)
            {
                var length = BinaryPrimitives.ReadInt32LittleEndian(rest[KeyBytes..]);
                keys[new Guid(rest[..KeyBytes])] = rest.Slice(KeyBytes + LengthBytes, length).ToArray();
                rest = rest[(KeyBytes + LengthBytes + length)..];
            }
            return keys.ToImmutable();
        }
        catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException)
        {
            throw new VaultException("the list of used keys in the database is damaged: restore the database from a backup", e);
        }
    }
}
