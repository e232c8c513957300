using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Hosting.Tests.Finality;

/// <summary>A table whose calls can be held up on their way there and on their way back, fail, and are noted.</summary>
internal sealed class HookedLeases(TimeProvider time) : ILeaseTable
{
    public const string Insert = "insert", IsHeld = "isHeld", List = "list", Fence = "fence", Drop = "drop", Leave = "leave";

    public MemoryLeases Table { get; } = new();

    /// <summary>The calls, each with when it was sent, in milliseconds.</summary>
    public List<(string Call, double At)> Calls { get; } = [];

    public bool IsDown { get; set; }

    /// <summary>Before the table does it.</summary>
    public Func<string, Task> There { get; set; } = _ => Task.CompletedTask;

    /// <summary>After it did.</summary>
    public Func<string, Task> Back { get; set; } = _ => Task.CompletedTask;

    public IReadOnlyList<LeaseRow> Rows => Table.ListAsync().AsTask().Result;

    public ValueTask InsertAsync(Guid id, string node, TimeSpan duration) => new(DoAsync(Insert, async () =>
    {
        await Table.InsertAsync(id, node, duration);
        return true;
    }));

    public ValueTask<bool> IsHeldAsync(Guid id) => new(DoAsync(IsHeld, () => Table.IsHeldAsync(id)));

    public ValueTask<IReadOnlyList<LeaseRow>> ListAsync() => new(DoAsync(List, () => Table.ListAsync()));

    public ValueTask<FenceOutcome> FenceAsync(Guid id, Guid own) => new(DoAsync(Fence, () => Table.FenceAsync(id, own)));

    public ValueTask DropAsync(Guid id) => new(DoAsync(Drop, async () =>
    {
        await Table.DropAsync(id);
        return true;
    }));

    public ValueTask LeaveAsync(Guid id) => new(DoAsync(Leave, async () =>
    {
        await Table.LeaveAsync(id);
        return true;
    }));

    public IEnumerable<double> Sent(string call) => Calls.Where(made => made.Call == call).Select(made => made.At);

    private async Task<T> DoAsync<T>(string call, Func<ValueTask<T>> work)
    {
        Calls.Add((call, (time.GetUtcNow() - World.Start).TotalMilliseconds));
        await There(call).ConfigureAwait(false);
        if (IsDown)
        {
            throw new StoreUnavailableException("down", isOutcomeKnown: false);
        }
        var answer = await work().ConfigureAwait(false);
        await Back(call).ConfigureAwait(false);
        return answer;
    }
}
