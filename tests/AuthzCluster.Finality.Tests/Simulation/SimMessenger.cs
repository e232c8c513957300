using AuthzCluster.Hosting.Finality;

namespace AuthzCluster.Finality.Tests.Simulation;

/// <summary>Messages of one process to the others. Nothing arrives at one that is gone.</summary>
internal sealed class SimMessenger(SimProcess process, Wire wire, Func<string, SimProcess> find) : INodeMessenger
{
    public Task RaiseAsync(string node, IReadOnlyList<Announcement> batch)
    {
        var to = find(node);
        return wire.CallAsync(process, to, "message", () =>
        {
            foreach (var announcement in batch)
            {
                announcement.RaiseIn(to.Cells);
            }
            return true;
        });
    }
}
