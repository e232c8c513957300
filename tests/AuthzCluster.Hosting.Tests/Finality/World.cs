using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Hosting.Background;
using AuthzCluster.Hosting.Finality;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuthzCluster.Hosting.Tests.Finality;

/// <summary>
/// The node <c>a</c>, and others that are rows and answers to messages. The clock is moved by hand, and all that can go on has done so when a call returns:
/// nothing leaves the test's thread.
/// </summary>
internal sealed class World : INodeMessenger
{
    public const string Own = "a";
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly TenantId Acme = new("acme");

    public World()
    {
        // So that what awaits goes on at once, and not on xunit's threads.
        SynchronizationContext.SetSynchronizationContext(null);
        Clock = new ManualTimeProvider(Start);
        Leases = new HookedLeases(Clock);
        State = new FinalityState(Own, Cells, Clock);
        var faults = new FaultLog(NullLogger.Instance, Clock);
        Keeper = new LeaseKeeper(Leases, Cells, Own, Options, State, faults, Clock);
        Announcer = new Announcer(Leases, this, Cells, Own, Options, State, faults, Clock);
    }

    public ManualTimeProvider Clock { get; }

    public HookedLeases Leases { get; }

    public NotingCells Cells { get; } = new();

    public FinalityOptions Options { get; } = new FinalityOptions().Checked();

    public FinalityState State { get; }

    public LeaseKeeper Keeper { get; }

    public Announcer Announcer { get; }

    public double Now => (Clock.GetUtcNow() - Start).TotalMilliseconds;

    public NodeLease Lease => Cells.Lease!;

    /// <summary>What was sent to whom.</summary>
    public List<(string Node, IReadOnlyList<Announcement> Batch)> Messages { get; } = [];

    /// <summary>What becomes of a message; at first it is confirmed.</summary>
    public Func<string, Task> Answer { get; set; } = _ => Task.CompletedTask;

    public static ActorKey Key(int number) => ActorKey.Of(new TenantId($"t{number}"));

    public static Task Never() => new TaskCompletionSource().Task;

    public Task RaiseAsync(string node, IReadOnlyList<Announcement> batch)
    {
        Messages.Add((node, batch));
        return Answer(node);
    }

    public World Started()
    {
        Done(Keeper.StartAsync());
        return this;
    }

    /// <summary>Another node's row.</summary>
    public Guid Join(string node, double seconds = 5)
    {
        var id = Guid.NewGuid();
        Done(Leases.Table.InsertAsync(id, node, TimeSpan.FromSeconds(seconds)).AsTask());
        return id;
    }

    /// <summary>Another fences a row.</summary>
    public void Fence(Guid id)
    {
        var other = Join("another");
        Done(Leases.Table.FenceAsync(id, other).AsTask());
        Done(Leases.Table.LeaveAsync(other).AsTask());
    }

    public Task Announce(int key = 1, long revision = 7) => Announcer.AcknowledgedEverywhereAsync(new StoredRevision(Key(key), revision)).AsTask();

    public void Pass(double seconds) => Clock.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>It has not come to its end a millisecond before the moment (milliseconds since the start), and has at it.</summary>
    public void EndsAt(double moment, Task task)
    {
        Pass((moment - 1 - Now) / 1000);
        Assert.False(task.IsCompleted);
        Pass(0.001);
        Done(task);
    }

    public static void Done(Task task)
    {
        Assert.True(task.IsCompleted);
        task.GetAwaiter().GetResult();
    }

    /// <summary>It failed, and whoever asked is told that it may have been done.</summary>
    public static void IsUnknown(Task task)
    {
        Assert.True(task.IsCompleted);
        Assert.False(Assert.Throws<StoreUnavailableException>(() => task.GetAwaiter().GetResult()).IsOutcomeKnown);
    }
}
