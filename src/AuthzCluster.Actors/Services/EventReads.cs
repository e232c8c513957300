using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>Reads events off the stored audit log, for streams and for webhooks.</summary>
internal static class EventReads
{
    // Records of large roles have a megabyte each.
    private const int MostRecords = 50;

    /// <summary>The events of the next records behind a sequence.</summary>
    /// <exception cref="StoreUnavailableException">They cannot be read.</exception>
    public static async ValueTask<EventSlice> ReadEventsAsync(this ActorPorts ports, TenantId tenant, long after, bool showsPolicies)
    {
        var stored = await ports.Audit.ReadFromAsync(tenant, after + 1, MostRecords);
        var events = new List<CloudEvent>();
        foreach (var record in stored)
        {
            if (EventTypes.IsEvent(record.Action))
            {
                events.Add(ports.Decode(ActorKey.OfAudit(tenant), () =>
                    EventJson.Write(tenant, record.Sequence, AuditMembers.Read(ports.Opened(tenant, record).Payload, withBags: true), showsPolicies)));
            }
        }
        return new EventSlice(events, stored.Count == 0 ? after : stored[^1].Sequence, stored.Count == MostRecords);
    }
}
