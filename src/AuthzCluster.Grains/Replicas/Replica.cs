using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Grains.Replicas;

/// <summary>A cell that reads what is stored when it is asked for and has nothing that counts. Who asks meanwhile waits for the same read.</summary>
/// <typeparam name="T">Immutable.</typeparam>
internal abstract class Replica<T>(ActorKey key, CellTable table) : Cell<T>(key, table)
    where T : class
{
    private readonly Lock _gate = new();
    private Task<T?>? _loading;

    /// <inheritdoc/>
    public override ValueTask<T?> LoadAsync() => Current is { } current ? new(current) : new(JoinAsync());

    /// <summary>Reads what is stored, and its version; null: there is nothing to answer from, and nothing to keep.</summary>
    /// <exception cref="StoreUnavailableException">It could not be read.</exception>
    protected abstract ValueTask<(T Value, long Version)?> ReadAsync();

    // On the thread pool: whoever asks first must not lend it the turn of its grain, which may be waiting for something.
    private Task<T?> JoinAsync()
    {
        lock (_gate)
        {
            return _loading ??= Task.Run(ReadAndTakeAsync);
        }
    }

    private async Task<T?> ReadAndTakeAsync()
    {
        CellLoad? load = null;
        try
        {
            (T Value, long Version)? read;
            try
            {
                load = Begin();
                read = await ReadAsync().ConfigureAwait(false);
            }
            finally
            {
                // Before it is taken: once it is, it may be too old for who asks from then on, though it is yet to be handed over.
                lock (_gate)
                {
                    _loading = null;
                }
            }
            if (read is not var (value, version))
            {
                return null;
            }
            // What was announced meanwhile came to the load; what is announced from here on begins behind this answer.
            if (TryTake(load, value, version) && load.Lease.IsHeld)
            {
                return value;
            }
        }
        finally
        {
            if (load is not null)
            {
                Abandon(load);
            }
        }
        return await LoadAsync().ConfigureAwait(false);
    }
}
