using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Grains.Tests.Hazards;

/// <summary>A node that no other reaches, over the cluster's storage: what it announces is noted, and comes to its own cells unless it is lost.</summary>
internal sealed class LoneNode : IAnnounce, ITenantReplica
{
    private readonly BareCluster _cluster;

    public LoneNode(BareCluster cluster)
    {
        _cluster = cluster;
        (var store, Hook) = StoreHook.Around(cluster.Silo.Ports.Store);
        Ports = cluster.Silo.Ports with { Store = store, Cells = Cells, Announce = this };
    }

    public CellTable Cells { get; } = new() { Lease = NodeLease.Always };

    public ActorPorts Ports { get; }

    public StoreHook Hook { get; }

    public List<(ActorKey Key, long Revision)> Announced { get; } = [];

    /// <summary>Whether announcements fail.</summary>
    public bool IsMute { get; set; }

    /// <summary>How often the tenant's model will be found: at first always.</summary>
    public Queue<bool> Finds { get; } = [];


    CompiledTenant? ITenantReplica.Current => Model.Current;

    private ITenantReplica Model => _cluster.Silo.Replicas.Of(BareCluster.Tenant);

    async ValueTask<CompiledTenant?> ITenantReplica.LoadAsync() => !Finds.TryDequeue(out var found) || found ? await Model.LoadAsync() : null;

    public ValueTask AcknowledgedEverywhereAsync(params ReadOnlySpan<StoredRevision> revisions)
    {
        if (IsMute)
        {
            throw new StoreUnavailableException("mute", isOutcomeKnown: false);
        }
        foreach (var (key, revision) in revisions)
        {
            Announced.Add((key, revision));
            Cells.Raise(key, revision);
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask TenantGoneEverywhereAsync(TenantId tenant)
    {
        Cells.RaiseAll(tenant);
        return ValueTask.CompletedTask;
    }
}
