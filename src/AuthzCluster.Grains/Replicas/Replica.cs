namespace AuthzCluster.Grains.Replicas;

/// <summary>
/// This silo's copy of something that a grain commits: read from storage when first asked for, dropped when a change of it
/// was told, and read again when next asked for. A copy whose read was under way when a change was told is not kept.
/// </summary>
/// <typeparam name="T">Immutable.</typeparam>
internal abstract class Replica<T>
    where T : class
{
    private readonly Lock _gate = new();
    private volatile Copy? _copy;
    private long _changes;
    private Task<T?>? _loading;

    /// <summary>What is in memory; null: not read, or there is nothing.</summary>
    public T? Current => _copy?.Value;

    /// <summary>What is stored, read first where it is not in memory; null: there is nothing.</summary>
    public ValueTask<T?> LoadAsync() => _copy is { } copy ? new(copy.Value) : new(JoinAsync());

    /// <summary>It was committed at a revision: a copy of another is no good any more.</summary>
    public void Changed(long revision)
    {
        lock (_gate)
        {
            _changes++;
            // What is being read may be from before.
            _loading = null;
            if (_copy is not { Value: { } value } || RevisionOf(value) != revision)
            {
                _copy = null;
            }
        }
    }

    /// <summary>Reads what is stored.</summary>
    /// <exception cref="AuthzCluster.Actors.Storage.StoreUnavailableException">It could not be read.</exception>
    protected abstract ValueTask<T?> ReadAsync();

    /// <summary>Whether a value is kept, or read each time.</summary>
    protected virtual bool Keeps(T? value) => true;

    /// <summary>The revision of a value.</summary>
    protected abstract long RevisionOf(T value);

    private Task<T?> JoinAsync()
    {
        lock (_gate)
        {
            return _copy is { } copy ? Task.FromResult(copy.Value) : _loading ??= ReadAndKeepAsync();
        }
    }

    // On the thread pool: whoever asks first must not lend it the turn of its grain.
    private Task<T?> ReadAndKeepAsync()
    {
        var changes = _changes;
        return Task.Run(async () =>
        {
            try
            {
                while (true)
                {
                    var value = await ReadAsync().ConfigureAwait(false);
                    lock (_gate)
                    {
                        if (_changes == changes)
                        {
                            _copy = Keeps(value) ? new Copy(value) : null;
                            _loading = null;
                            return value;
                        }
                        changes = _changes;
                    }
                }
            }
            catch
            {
                lock (_gate)
                {
                    _loading = null;
                }
                throw;
            }
        });
    }

    // Apart from the value, since that there is nothing is kept too.
    private sealed record Copy(T? Value);
}
