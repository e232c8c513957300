using System.Collections.Concurrent;

namespace AuthzCluster.Server.Tests.Chaos;

/// <summary>What the writes that were acknowledged have made of the facts, and which writes never were.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<string, string> _facts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ChaosWrite> _open = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _changes = new(StringComparer.Ordinal);
    private int _acknowledged;
    private (int Count, TaskCompletionSource Reached) _goal = (int.MaxValue, new());

    /// <summary>The writes whose outcome nobody knows.</summary>
    public IReadOnlyCollection<ChaosWrite> Open => [.. _open.Values];

    /// <summary>How many were acknowledged.</summary>
    public int Acknowledged => Volatile.Read(ref _acknowledged);

    public string this[string fact] => _facts.GetValueOrDefault(fact, Facts.No);

    /// <summary>Completes after so many more acknowledgements.</summary>
    public Task AfterAsync(int count)
    {
        _goal = (Acknowledged + count, new(TaskCreationOptions.RunContinuationsAsynchronously));
        return _goal.Reached.Task;
    }

    /// <summary>It is sent.</summary>
    public void Begin(ChaosWrite write) => _open[write.RequestId] = write;

    /// <summary>It was answered: done.</summary>
    public void Acknowledge(ChaosWrite write)
    {
        Take(write, write.Facts);
        if (Interlocked.Increment(ref _acknowledged) >= _goal.Count)
        {
            _goal.Reached.TrySetResult();
        }
    }

    /// <summary>It was answered: refused.</summary>
    public void Refuse(ChaosWrite write) => Take(write, new Dictionary<string, string>());

    /// <summary>Holds what is there to be what was acknowledged, give or take the open writes, which are settled by it.</summary>
    public void Settle(IReadOnlyDictionary<string, string> seen)
    {
        foreach (var write in Open)
        {
            var changed = write.Facts.Where(fact => this[fact.Key] != fact.Value).ToList();
            var done = changed.Where(fact => seen.GetValueOrDefault(fact.Key, Facts.No) == fact.Value).ToDictionary();
            Assert.True(!write.IsWhole || done.Count == 0 || done.Count == changed.Count, $"half done, {done.Count} of {changed.Count}: {write.RequestId}");
            Take(write, done);
        }
        var wrong = _facts.Keys.Union(seen.Keys).Where(fact => !Facts.IsFree(fact) && this[fact] != seen.GetValueOrDefault(fact, Facts.No));
        Assert.Equal("", string.Join('\n', wrong.Select(fact => $"{fact}: acknowledged `{this[fact]}`, there is `{seen.GetValueOrDefault(fact)}`")));
    }

    /// <summary>Holds each write to have as many audit records as it changed facts.</summary>
    public void CheckAudit(IReadOnlyDictionary<string, int> records) =>
        Assert.Equal("", string.Join('\n', _changes.Where(write => records.GetValueOrDefault(write.Key) != write.Value)
            .Select(write => $"{write.Key}: {write.Value} changes, {records.GetValueOrDefault(write.Key)} records")));

    private void Take(ChaosWrite write, IReadOnlyDictionary<string, string> done)
    {
        var changes = 0;
        foreach (var (fact, value) in done)
        {
            changes += this[fact] == value ? 0 : 1;
            _facts[fact] = value;
        }
        _changes[write.RequestId] = changes + (changes > 0 ? write.MoreRecords : 0);
        _open.TryRemove(write.RequestId, out _);
    }
}
