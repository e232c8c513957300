using System.Threading.Channels;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Storage.Postgres.Opening;

namespace AuthzCluster.Storage.Postgres.Writing;

/// <summary>The writers of a store, and the queue they take from: whoever is free takes all that waits.</summary>
internal sealed class Writers : IAsyncDisposable
{
    // A writer that is idle begins on the thread of who commits: a commit alone waits for no other thread.
    private readonly Channel<PendingCommit> _queue = Channel.CreateUnbounded<PendingCommit>(new() { AllowSynchronousContinuations = true });
    private readonly Task _running;
    private long _transactions;

    public Writers(PostgresStoreOptions options, Connections connections, DatabaseHealth health)
    {
        (Options, Connections, Health) = (options, connections, health);
        // Where this node's shards of the tallies begin: another node's begin elsewhere, most of the time.
        var first = Random.Shared.Next(Tallies.Shards);
        _running = Task.WhenAll(Enumerable.Range(0, options.Writers).Select(i =>
            Task.Run(new Writer(this, (first + i) % Tallies.Shards).RunAsync)));
    }

    public PostgresStoreOptions Options { get; }

    public Connections Connections { get; }

    public DatabaseHealth Health { get; }

    public ChannelReader<PendingCommit> Queue => _queue.Reader;

    /// <summary>How many groups were committed.</summary>
    public long Transactions => Interlocked.Read(ref _transactions);

    public Task<CommitOutcome> CommitAsync(Commit commit)
    {
        Health.ThrowIfUnreachable();
        var pending = new PendingCommit(commit);
        return _queue.Writer.TryWrite(pending)
            ? pending.Task
            : throw new StoreUnavailableException("The store is closed.", isOutcomeKnown: true);
    }

    public void Committed()
    {
        Interlocked.Increment(ref _transactions);
        Health.Succeeded();
    }

    /// <summary>Takes no more, finishes what waits, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _running.ConfigureAwait(false);
    }
}
