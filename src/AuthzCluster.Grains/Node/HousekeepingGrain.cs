using AuthzCluster.Actors.Storage;
using Orleans.Timers;

namespace AuthzCluster.Grains.Node;

/// <summary>
/// Once a minute: what waits in the outbox is written to the audit logs, since a silo that was killed left its part behind; requests that are
/// kept long enough are removed. A reminder wakes it, on whichever silo. Where two run for a moment they get in nobody's way.
/// </summary>
[GrainType("housekeeping")]
internal sealed class HousekeepingGrain(IGrainContext context, IReminderRegistry reminders, SiloNode node) : IHousekeepingGrain, IGrainBase
{
    private const string Name = "housekeeping";

    // No reminder may be more frequent.
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    public IGrainContext GrainContext => context;

    // Registering it anew would put it off: silos that start one after the other would never let it come.
    public async Task EnsureAsync()
    {
        if (await reminders.GetReminder(context.GrainId, Name) is null)
        {
            await reminders.RegisterOrUpdateReminder(context.GrainId, Name, Period, Period);
        }
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        try
        {
            await node.Core.SignalPendingAsync();
            node.Core.Faults.Works(Name);
        }
        catch (StoreUnavailableException e)
        {
            node.Core.Faults.Report(Name, e);
        }
        await node.Core.PurgeRequestsAsync(CancellationToken.None);
    }
}
