using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>Stored entities: reads from the node's copies and the index, writes through each one's writer.</summary>
/// <param name="directory">Where the writers are.</param>
/// <param name="replicas">The node's models.</param>
/// <param name="entities">The node's entities.</param>
/// <param name="ports">The host's.</param>
public class EntityService(IActorDirectory directory, ITenantReplicas replicas, IEntityReplicas entities, ActorPorts ports) : IEntities
{
    // An entity may have 64 KiB: a page of large ones ends sooner than it was asked to, and memory does not.
    private const int PartOfPage = 64, LargePage = 4 * 1024 * 1024;

    /// <inheritdoc/>
    public Task<Result<EntityView>> GetAsync(TenantId tenant, EntityId entity) => replicas.WithTenantAsync<EntityView>(tenant, async model =>
        await ReadAsync(model, entity) is { IsStored: true } stored ? new EntityView(entity, stored) : EntityEditor.NotFound(entity));

    /// <inheritdoc/>
    public Task<Result<Page<EntityView>>> ListAsync(TenantId tenant, string type, string? after, int limit) =>
        replicas.WithTenantAsync<Page<EntityView>>(tenant, async _ =>
        {
            var rows = await ports.Store.ReadIndexAsync(tenant, IndexNames.Entities, type, after, limit + 1);
            var (views, taken, bytes) = (new List<EntityView>(), 0, 0L);
            foreach (var part in rows.Take(limit).Select(row => new EntityId(type, row.Member)).Chunk(PartOfPage))
            {
                if (bytes >= LargePage)
                {
                    break;
                }
                taken += part.Length;
                var states = (await ports.Store.ReadManyAsync([.. part.Select(id => ActorKey.Of(tenant, id))])).ToDictionary(state => state.Key);
                bytes += states.Values.Sum(state => (long)state.State.Length);
                // One that was removed meanwhile has its row read before and its state after.
                views.AddRange(part.Where(id => states.ContainsKey(ActorKey.Of(tenant, id)))
                    .Select(id => new EntityView(id, Decode(states[ActorKey.Of(tenant, id)]))).Where(view => view.Entity.IsStored));
            }
            return new Page<EntityView>(views, rows.Count > taken ? rows[taken - 1].Member : null);
        });

    /// <inheritdoc/>
    public async Task<Result<EntityView>> PutAsync(TenantId tenant, EntityId entity, AttributeBag properties, long? ifVersion, Caller caller) =>
        (await directory.Entity(tenant, entity).PutAsync(properties, ifVersion, caller)).Map(change => new EntityView(entity, change.State));

    /// <inheritdoc/>
    public async Task<Result<EntityId>> DeleteAsync(TenantId tenant, EntityId entity, long? ifVersion, Caller caller) =>
        (await directory.Entity(tenant, entity).DeleteAsync(ifVersion, caller)).Map(_ => entity);

    /// <inheritdoc/>
    public Task<Result<RowsReport>> ImportAsync(TenantId tenant, IReadOnlyList<EntityRow> rows, bool dryRun, Caller caller) =>
        replicas.WithTenantAsync<RowsReport>(tenant, model => ports.RunOnceAsync(caller, dryRun, async step =>
        {
            var now = ports.Now();
            var plan = RowPlan<EntityId, AttributeBag>.Make(rows, (row, _) =>
                EntityEditor.Put(row.Id, new StoredEntity(), row.Properties, null, now).Map(_ => (row.Id, row.Properties)));
            if (!plan.IsOk)
            {
                return plan.Error;
            }
            if (EntityTypeEditor.Add(model.Model, [.. rows.Select(row => row.Id.Type).Distinct()], now).Error is { } tooMany)
            {
                return tooMany;
            }
            return await plan.Value.RunAsync((entity, items) => dryRun ? TrialAsync(model, entity, items, now) : PutAsync(tenant, entity, items, step with { Under = Rights.ModelImport }));
        }));

    private async Task<Result<IReadOnlyList<RowReport>>> PutAsync(TenantId tenant, EntityId entity, IReadOnlyList<(int Row, AttributeBag Item)> rows, Caller caller)
    {
        var reports = new List<RowReport>(rows.Count);
        foreach (var (row, properties) in rows)
        {
            var put = await directory.Entity(tenant, entity).PutAsync(properties, null, caller.AsPart(row));
            reports.Add(new RowReport(row, put.IsOk ? StatusOf(put.Value) : RowStatus.Failed, put.Error));
        }
        return reports;
    }

    private Task<Result<IReadOnlyList<RowReport>>> TrialAsync(
        CompiledTenant model, EntityId entity, IReadOnlyList<(int Row, AttributeBag Item)> rows, DateTimeOffset now) =>
        Reading.GuardAsync<IReadOnlyList<RowReport>>(async () =>
        {
            var state = await ReadAsync(model, entity);
            var reports = new List<RowReport>(rows.Count);
            foreach (var (row, properties) in rows)
            {
                var put = EntityEditor.Put(entity, state, properties, null, now);
                reports.Add(new RowReport(row, put.IsOk ? StatusOf(put.Value) : RowStatus.Failed, put.Error));
                state = put.IsOk ? put.Value.State : state;
            }
            return reports;
        });

    // Of a type that is not in use there is nothing to read.
    private async ValueTask<StoredEntity> ReadAsync(CompiledTenant model, EntityId entity) =>
        model.StoresEntitiesOf(entity.Type) && await entities.Of(model.Model.Id, entity).LoadAsync() is { } stored ? stored : new StoredEntity();

    private StoredEntity Decode(StoredState state) => ports.Decode(state.Key, () => EntityCodec.Decode(state.State));

    private static RowStatus StatusOf(EntityChange change) => change.IsNoOp ? RowStatus.Unchanged : change.IsNew ? RowStatus.Created : RowStatus.Updated;
}
