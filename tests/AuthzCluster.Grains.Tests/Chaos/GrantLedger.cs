using System.Collections.Concurrent;

namespace AuthzCluster.Grains.Tests.Chaos;

/// <summary>Who holds the role after the writes that were acknowledged, and which write has changed that.</summary>
internal sealed class GrantLedger
{
    private readonly ConcurrentDictionary<string, bool?> _holds = new();
    private readonly ConcurrentDictionary<string, bool?> _changes = new();
    private int _acknowledged;
    private (int Count, TaskCompletionSource Reached) _goal = (int.MaxValue, new());

    /// <summary>Whether a user holds it; null: of the last write nobody knows what became.</summary>
    public IReadOnlyDictionary<string, bool?> Holds => _holds;

    /// <summary>Whether a write, by its request, has changed something; null: nobody knows.</summary>
    public IReadOnlyDictionary<string, bool?> Changes => _changes;

    /// <summary>How many were acknowledged.</summary>
    public int Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>How many were not.</summary>
    public int Open => _changes.Count - Acknowledged;

    public bool? this[string user] => _holds.GetValueOrDefault(user, false);

    /// <summary>Completes after so many more acknowledgements.</summary>
    public Task AfterAsync(int count)
    {
        _goal = (Acknowledged + count, new(TaskCreationOptions.RunContinuationsAsynchronously));
        return _goal.Reached.Task;
    }

    /// <summary>It was sent, and nobody knows what became of it.</summary>
    public void Lose(string user, string request) => (_holds[user], _changes[request]) = (null, null);

    /// <summary>It was answered: done.</summary>
    public void Acknowledge(string user, bool holds, string request)
    {
        _changes[request] = this[user] is { } held ? held != holds : null;
        _holds[user] = holds;
        if (Interlocked.Increment(ref _acknowledged) >= _goal.Count)
        {
            _goal.Reached.TrySetResult();
        }
    }
}
