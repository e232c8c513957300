using System.Collections.Immutable;
using System.Security.Cryptography;
using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Hosting.Evidence;

/// <summary>
/// The keys that sign, in the store: so all nodes have the same. The newest signs, for a year; then another is made, and of the one before its public half stays,
/// by which what it signed is verified. The state is sealed as all that is secret.
/// </summary>
internal sealed class SigningKeys(IActorStore store, TimeProvider time)
{
    private static readonly TimeSpan SignsFor = TimeSpan.FromDays(365);

    /// <summary>All, oldest first.</summary>
    public async ValueTask<ImmutableArray<StoredSigningKey>> ListAsync() => (await ReadAsync().ConfigureAwait(false)).Keys;

    /// <summary>The one that signs now, made where there is none.</summary>
    public async ValueTask<StoredSigningKey> CurrentAsync()
    {
        while (true)
        {
            var (version, keys) = await ReadAsync().ConfigureAwait(false);
            var now = time.GetUtcNow();
            if (keys.LastOrDefault() is { PrivateKey: not null } last && now - last.MadeAt < SignsFor)
            {
                return last;
            }
            var next = Make(now);
            var state = SigningKeysCodec.Encode([.. keys.Select(key => key with { PrivateKey = null }), next]);
            if (await store.CommitAsync(new Commit(ActorKey.OfSigning, version, state)).ConfigureAwait(false) == CommitOutcome.Committed)
            {
                return next;
            }
        }
    }

    private static StoredSigningKey Make(DateTimeOffset now)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new StoredSigningKey(pair.ExportSubjectPublicKeyInfo(), now) { PrivateKey = pair.ExportPkcs8PrivateKey() };
    }

    private async ValueTask<(long Version, ImmutableArray<StoredSigningKey> Keys)> ReadAsync()
    {
        if (await store.ReadAsync(ActorKey.OfSigning).ConfigureAwait(false) is not { } stored)
        {
            return (0, []);
        }
        try
        {
            return (stored.Version, SigningKeysCodec.Decode(stored.State));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or IndexOutOfRangeException)
        {
            throw new StoreUnavailableException($"what is stored of `{ActorKey.OfSigning.Value}` cannot be read", isOutcomeKnown: true, e);
        }
    }
}
