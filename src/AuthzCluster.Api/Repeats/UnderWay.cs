using System.Collections.Concurrent;
using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Api.Repeats;

/// <summary>The requests that are being done in this process: who brings one again waits for the first.</summary>
internal sealed class UnderWay(TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _places = new(StringComparer.Ordinal);

    /// <summary>Waits until nobody else does it; whoever got in calls <see cref="Leave"/>. 503 where that takes too long.</summary>
    public async ValueTask EnterAsync(string id, CancellationToken gone)
    {
        var (mine, since) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), clock.GetTimestamp());
        while (!_places.TryAdd(id, mine))
        {
            if (!_places.TryGetValue(id, out var other))
            {
                continue;
            }
            var left = Patience - clock.GetElapsedTime(since);
            try
            {
                await other.Task.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock, gone);
            }
            catch (TimeoutException)
            {
                throw new ProblemException(Problem.Of(new AuthzError(ErrorCode.Unavailable, "the same request is still being done")));
            }
        }
    }

    /// <summary>Lets the next one in.</summary>
    public void Leave(string id)
    {
        if (_places.TryRemove(id, out var mine))
        {
            mine.SetResult();
        }
    }
}
