using System.Collections.Concurrent;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Conformance.Hosting;

/// <summary>Stands between the actors and the store: makes operations fail as asked, and tells when commits were done.</summary>
public sealed class StoreProbe : IActorStore
{
    private readonly Lock _gate = new();
    private readonly List<(Func<Commit, bool> Matches, TaskCompletionSource<Commit> Seen)> _waiting = [];
    private IActorStore? _inner;
    private volatile Func<Commit, CommitFault> _fault = _ => CommitFault.None;
    private volatile bool _areReadsFailing;
    private volatile bool _arePurgesFailing;
    private readonly ConcurrentDictionary<TenantId, TaskCompletionSource> _purged = new();
    private readonly TaskCompletionSource _requestsPurged = NewSignal(default);
    private volatile bool _isDead;
    private Func<Commit, Task>? _before;
    private readonly ConcurrentDictionary<ActorKey, int> _reads = new();
    private readonly ConcurrentDictionary<TenantId, int> _counts = new();

    /// <summary>The actor whose stored bytes are read as no state.</summary>
    public ActorKey? Damaged { get; set; }

    /// <summary>Whether looks for due work fail in a way that nobody foresaw.</summary>
    public volatile bool AreLooksBreaking;

    public bool IsDead => _isDead;

    /// <summary>How often an actor's state was read.</summary>
    public int ReadsOf(ActorKey key) => _reads.GetValueOrDefault(key);

    /// <summary>How often rows of indexes were counted in a tenant.</summary>
    public int CountsOf(TenantId tenant) => _counts.GetValueOrDefault(tenant);

    /// <summary>The latest commit that was done, known to its caller or not.</summary>
    public Commit? LastCommit { get; private set; }

    public IActorStore Around(IActorStore inner)
    {
        (_inner, _isDead) = (inner, false);
        return this;
    }

    public void FailCommits(Func<Commit, CommitFault> fault) => _fault = fault;

    public void FailReads(bool areFailing) => _areReadsFailing = areFailing;

    public void FailPurges(bool areFailing) => _arePurgesFailing = areFailing;

    /// <summary>Completes when a tenant was purged.</summary>
    public Task PurgedAsync(TenantId tenant) => _purged.GetOrAdd(tenant, NewSignal).Task.WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>Completes when old requests were removed.</summary>
    public Task RequestsPurgedAsync() => _requestsPurged.Task.WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>What is awaited before each commit goes on.</summary>
    public void Before(Func<Commit, Task>? before) => Volatile.Write(ref _before, before);

    /// <summary>Holds commits back (null: all): the first tells that one has come, completing the second lets all go on.</summary>
    public (TaskCompletionSource Reached, TaskCompletionSource Proceed) HoldCommits(Func<Commit, bool>? which = null)
    {
        var (reached, proceed) = (new TaskCompletionSource(), new TaskCompletionSource());
        Before(async commit =>
        {
            if (which is null || which(commit))
            {
                reached.TrySetResult();
                await proceed.Task;
            }
        });
        return (reached, proceed);
    }

    /// <summary>What commits are before they go on: for a test that a rule is needed.</summary>
    public Func<Commit, Commit>? Rewrite { get; set; }

    /// <summary>From now on nothing reaches the store: the process is gone.</summary>
    public void Die() => _isDead = true;

    public void Heal()
    {
        _fault = _ => CommitFault.None;
        _areReadsFailing = false;
        _arePurgesFailing = false;
        Before(null);
    }

    /// <summary>Completes when a commit that matches was done.</summary>
    public Task<Commit> CommittedAsync(Func<Commit, bool> matches)
    {
        var seen = new TaskCompletionSource<Commit>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Add((matches, seen));
        }
        return seen.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async ValueTask<CommitOutcome> CommitAsync(Commit commit)
    {
        ThrowIfDead();
        if (Volatile.Read(ref _before) is { } before)
        {
            await before(commit);
        }
        commit = Rewrite?.Invoke(commit) ?? commit;
        var fault = _fault(commit);
        if (fault == CommitFault.FailBefore)
        {
            throw new StoreUnavailableException("a fault before the commit", isOutcomeKnown: true);
        }
        if (fault == CommitFault.TooLarge)
        {
            return CommitOutcome.TooLarge;
        }
        if (fault == CommitFault.ThrowBefore)
        {
            throw new InvalidOperationException("nobody foresaw this");
        }
        if (fault == CommitFault.Conflict)
        {
            return CommitOutcome.VersionConflict;
        }
        var outcome = await _inner!.CommitAsync(commit);
        LastCommit = outcome == CommitOutcome.Committed ? commit : LastCommit;
        if (fault == CommitFault.FailAfter)
        {
            throw new StoreUnavailableException("a fault after the commit", isOutcomeKnown: false);
        }
        if (fault == CommitFault.ThrowAfter)
        {
            throw new InvalidOperationException("nobody foresaw this");
        }
        if (fault == CommitFault.DieAfter)
        {
            Die();
            throw new StoreUnavailableException("the process is gone", isOutcomeKnown: false);
        }
        if (outcome == CommitOutcome.Committed)
        {
            Tell(commit);
        }
        return outcome;
    }

    public async ValueTask<StoredState?> ReadAsync(ActorKey key)
    {
        _reads.AddOrUpdate(key, 1, (_, count) => count + 1);
        return await Readable().ReadAsync(key) is { } stored ? Damaged == key ? stored with { State = [0xff, 0xff] } : stored : null;
    }

    public ValueTask<IReadOnlyList<StoredState>> ReadManyAsync(IReadOnlyList<ActorKey> keys) => Readable().ReadManyAsync(keys);

    public ValueTask<IReadOnlyList<IndexRow>> ReadIndexAsync(TenantId tenant, string index, string key, string? after, int limit) =>
        Readable().ReadIndexAsync(tenant, index, key, after, limit);

    public ValueTask<IReadOnlyList<long>> CountIndexAsync(TenantId tenant, string index, IReadOnlyList<string> keys, DateTimeOffset now)
    {
        _counts.AddOrUpdate(tenant, 1, (_, count) => count + 1);
        return Readable().CountIndexAsync(tenant, index, keys, now);
    }

    public ValueTask<IReadOnlyList<IndexRow>> ReadDueAsync(DateTimeOffset now, int limit) =>
        AreLooksBreaking ? throw new InvalidOperationException("nobody foresaw this either") : Readable().ReadDueAsync(now, limit);

    public ValueTask<RequestMark?> ReadRequestAsync(TenantId tenant, string id) => Readable().ReadRequestAsync(tenant, id);

    public ValueTask<RequestMark> KeepRequestAsync(RequestMark mark)
    {
        ThrowIfDead();
        return _inner!.KeepRequestAsync(mark);
    }

    public async ValueTask<int> PurgeRequestsAsync(DateTimeOffset before, int limit)
    {
        ThrowIfDead();
        var count = await _inner!.PurgeRequestsAsync(before, limit);
        if (count > 0)
        {
            _requestsPurged.TrySetResult();
        }
        return count;
    }

    public async ValueTask PurgeAsync(TenantId tenant)
    {
        ThrowIfDead();
        if (_arePurgesFailing)
        {
            throw new StoreUnavailableException("a fault of purging", isOutcomeKnown: false);
        }
        await _inner!.PurgeAsync(tenant);
        _purged.GetOrAdd(tenant, NewSignal).TrySetResult();
    }

    private static TaskCompletionSource NewSignal(TenantId tenant) => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private IActorStore Readable()
    {
        ThrowIfDead();
        return _areReadsFailing ? throw new StoreUnavailableException("a fault of reading", isOutcomeKnown: true) : _inner!;
    }

    private void ThrowIfDead()
    {
        if (_isDead)
        {
            throw new StoreUnavailableException("the process is gone", isOutcomeKnown: true);
        }
    }

    private void Tell(Commit commit)
    {
        lock (_gate)
        {
            foreach (var (matches, seen) in _waiting.ToArray())
            {
                if (matches(commit))
                {
                    seen.TrySetResult(commit);
                    _waiting.Remove((matches, seen));
                }
            }
        }
    }
}
