using System.Collections.Concurrent;
using AuthzCluster.Domain.Policies.Outside;

namespace AuthzCluster.Hosting.Opa;

/// <summary>The answers of a moment, and the questions that are under way: who asks the same meanwhile waits for the same answer. Bounded: the latest stay.</summary>
internal sealed class OpaCache(TimeSpan keep, int most, TimeProvider time)
{
    private readonly ConcurrentDictionary<OpaKey, Lazy<Task<OutsideAnswer>>> _answers = new();
    // In the order in which they were asked for, which is that in which they end.
    private readonly ConcurrentQueue<(OpaKey Key, Lazy<Task<OutsideAnswer>> Answer, long Asked)> _order = new();

    /// <summary>How many there are.</summary>
    public int Count => _order.Count;

    /// <summary>The answer that is kept; else what <paramref name="ask"/> gets, which is given the instant at which it ends. An error is kept for nobody.</summary>
    public Task<OutsideAnswer> GetAsync(OpaKey key, Func<DateTimeOffset, Task<OutsideAnswer>> ask, out bool isKept)
    {
        MakeRoom();
        var until = time.GetUtcNow() + keep;
        var mine = new Lazy<Task<OutsideAnswer>>(() => AskAsync(key, ask, until));
        var answer = _answers.GetOrAdd(key, mine);
        isKept = !ReferenceEquals(answer, mine);
        if (!isKept)
        {
            _order.Enqueue((key, mine, time.GetTimestamp()));
        }
        return answer.Value;
    }

    private async Task<OutsideAnswer> AskAsync(OpaKey key, Func<DateTimeOffset, Task<OutsideAnswer>> ask, DateTimeOffset until)
    {
        var answer = await ask(until).ConfigureAwait(false);
        if (answer.Problem is not null && _answers.TryGetValue(key, out var mine))
        {
            _answers.TryRemove(new(key, mine));
        }
        return answer;
    }

    private void MakeRoom()
    {
        while (_order.TryPeek(out var oldest) && (_order.Count > most || time.GetElapsedTime(oldest.Asked) >= keep))
        {
            if (_order.TryDequeue(out var gone))
            {
                _answers.TryRemove(new(gone.Key, gone.Answer));
            }
        }
    }
}
