using System.Runtime.CompilerServices;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Grains.Replicas;

/// <summary>This silo's copy of one tenant's model, compiled. Once it was let go of it leads to the one that took its place.</summary>
internal sealed class ModelReplica(TenantId tenant, NodeReplicas replicas, ActorPorts ports) : Replica<ModelState>(ActorKey.Of(tenant), ports.Cells), ITenantReplica
{
    private static readonly ConditionalWeakTable<CompiledTenant, StrongBox<long>> Versions = [];

    CompiledTenant? ITenantReplica.Current => Current is { } current ? current.Compiled : IsClosed ? replicas.Of(tenant).Current : null;

    async ValueTask<CompiledTenant?> ITenantReplica.LoadAsync() =>
        Current is { } current ? current.Compiled : IsClosed ? await replicas.Of(tenant).LoadAsync().ConfigureAwait(false) : (await LoadAsync().ConfigureAwait(false))?.Compiled;

    long ITenantReplica.VersionOf(CompiledTenant model) => Versions.TryGetValue(model, out var version) ? version.Value : 0;

    protected override async ValueTask<(ModelState, long)?> ReadAsync()
    {
        var stored = await ports.Store.ReadAsync(Key).ConfigureAwait(false);
        var model = ports.Decode(Key, () => ModelState.Of(stored?.State, ports.Custom));
        if (model.Compiled is { } compiled)
        {
            Versions.Add(compiled, new(stored!.Version));
        }
        return (model, stored?.Version ?? 0);
    }
}
