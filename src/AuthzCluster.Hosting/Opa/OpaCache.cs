using System.Collections.Concurrent;
using AuthzCluster.Domain.Policies.Outside;

namespace AuthzCluster.Hosting.Opa;

/// <summary>The answers of a moment, and the questions that are under way: who asks the same meanwhile waits for the same answer. Bounded: the latest stay.</summary>
internal sealed class OpaCache(TimeSpan keep, int most, TimeProvider time)
{
    private readonly ConcurrentDictionary<OpaKey, Entry> _answers = new();
    // About in the order in which they were asked for.
    private readonly ConcurrentQueue<(OpaKey Key, Entry Entry)> _order = new();

    /// <summary>How many there are.</summary>
    public int Count => _answers.Count;

    /// <summary>The answer that is kept; else what <paramref name="ask"/> gets, which is given the instant at which it ends. An error is kept for nobody.</summary>
    public Task<OutsideAnswer> GetAsync(OpaKey key, Func<DateTimeOffset, Task<OutsideAnswer>> ask, out bool isKept)
    {
        MakeRoom();
        var mine = new Entry(time.GetTimestamp());
        while (true)
        {
            var found = _answers.GetOrAdd(key, mine);
            isKept = !ReferenceEquals(found, mine);
            if (isKept && !IsOver(found))
            {
                return found.Answer.Task;
            }
            if (!isKept || _answers.TryUpdate(key, mine, found))
            {
                break;
            }
        }
        isKept = false;
        _order.Enqueue((key, mine));
        return AskAsync(key, mine, ask);
    }

    private async Task<OutsideAnswer> AskAsync(OpaKey key, Entry mine, Func<DateTimeOffset, Task<OutsideAnswer>> ask)
    {
        try
        {
            var answer = await ask(time.GetUtcNow() + keep).ConfigureAwait(false);
            if (answer.Problem is not null)
            {
                _answers.TryRemove(new(key, mine));
            }
            mine.Answer.SetResult(answer);
            return answer;
        }
        catch (Exception e)
        {
            _answers.TryRemove(new(key, mine));
            mine.Answer.SetException(e);
            throw;
        }
    }

    private bool IsOver(Entry entry) => time.GetElapsedTime(entry.Asked) >= keep;

    private void MakeRoom()
    {
        while (_order.TryPeek(out var oldest) && (_order.Count > most || IsOver(oldest.Entry)) && _order.TryDequeue(out var gone))
        {
            _answers.TryRemove(new(gone.Key, gone.Entry));
        }
    }

    private sealed class Entry(long asked)
    {
        public long Asked => asked;

        public TaskCompletionSource<OutsideAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
