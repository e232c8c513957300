namespace AuthzCluster.Hosting.Finality;

/// <summary>The calls by which one batch is told: to each node one, until nobody waits for them any more. Begun by one thread after the other.</summary>
internal sealed class BatchCalls(NodeCall call, IReadOnlyList<Announcement> items)
{
    private readonly CancellationTokenSource _done = new();
    private readonly Dictionary<string, (Task Confirmed, Task Refused)> _calls = new(StringComparer.Ordinal);

    /// <summary>The call to a node, begun if it was not yet.</summary>
    public (Task Confirmed, Task Refused) To(string node)
    {
        if (!_calls.TryGetValue(node, out var begun))
        {
            _calls[node] = begun = call.Begin(node, items, _done.Token);
        }
        return begun;
    }

    /// <summary>Completes after a time, or when nobody waits any more.</summary>
    public Task PatienceAsync(TimeSpan patience, TimeProvider time) => Task.Delay(patience, time, _done.Token);

    /// <summary>Nobody waits any more.</summary>
    public void End() => _done.Cancel();
}
