using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>
/// The single writer of one stored entity. Checks read <see cref="Current"/> beside its turns: it is replaced whole, and
/// only by what was committed. Before the first entity of a type its type is in the tenant's model, or no check would look.
/// </summary>
public class EntityActor : SharedWriterActor<StoredEntity>, IEntityActor
{
    private readonly TenantId _tenant;
    private readonly EntityId _entity;
    private readonly IActorDirectory _directory;
    private readonly ITenantReplica _replica;
    private readonly IHeldRights _rights;

    // What the turn goes by.
    private long _model;

    /// <summary>The writer of <paramref name="entity"/>; the tenant's writer is found in <paramref name="directory"/>.</summary>
    public EntityActor(
        TenantId tenant, EntityId entity, IActorDirectory directory, ITenantReplica replica, IHeldRights rights, ActorPorts ports)
        : base(new Cell<StoredEntity>(ActorKey.Of(tenant, entity), ports.Cells), ports) => (_tenant, _entity, _directory, _replica, _rights) = (tenant, entity, directory, replica, rights);

    /// <summary>What is committed, for any thread; null: not read.</summary>
    public StoredEntity? Current => Shared;

    /// <summary>Whether what was read is nothing, so that reading it again is all it takes to be here again.</summary>
    public bool HoldsNothing => Own is { IsStored: false };

    /// <inheritdoc/>
    protected override ActorKey Key => ActorKey.Of(_tenant, _entity);

    /// <inheritdoc/>
    protected override async ValueTask<bool> MayReadAsync() => await _replica.LoadAsync() is not null;

    /// <inheritdoc/>
    public Task<Result<EntityChange>> PutAsync(AttributeBag properties, long? ifVersion, Caller caller) => WriteAsync(async (current, now) =>
    {
        var change = EntityEditor.Put(_entity, current, properties, ifVersion, now);
        return change is { IsOk: true, Value.IsNew: true } && await RegisterTypeAsync() is { } refused ? refused : change;
    }, caller.RightTo(Rights.EntitiesUpdate), caller);

    /// <inheritdoc/>
    public Task<Result<EntityChange>> DeleteAsync(long? ifVersion, Caller caller) =>
        WriteAsync((current, now) => Task.FromResult(EntityEditor.Delete(_entity, current, ifVersion, now)), Rights.EntitiesDelete, caller);

    /// <inheritdoc/>
    protected override StoredEntity Decode(byte[]? state) => state is null ? new StoredEntity() : EntityCodec.Decode(state);

    private protected override ValueTask AcknowledgeAsync() => AcknowledgeAsync(_tenant, _model);

    private async Task<AuthzError?> RegisterTypeAsync()
    {
        if (await _replica.LoadAsync() is { } model && model.StoresEntitiesOf(_entity.Type))
        {
            _model = _replica.VersionOf(model);
            return null;
        }
        return (await _directory.Tenant(_tenant).AddEntityTypeAsync(_entity.Type)).Error;
    }

    private Task<Result<EntityChange>> WriteAsync(
        Func<StoredEntity, DateTimeOffset, Task<Result<EntityChange>>> decide, Permission right, Caller caller) =>
        TurnAsync<EntityChange>(caller, async () =>
        {
            _model = 0;
            // As of subjects: not what was read before the tenant went and came again.
            if (await _replica.LoadAsync() is not { } model || !IsCurrent || Own is not { } current)
            {
                return Refusals.NoTenant(_tenant);
            }
            _model = _replica.VersionOf(model);
            // Here, not only at the door: the right may have been taken back while the write stood in line.
            var rights = await _rights.ReadAsync(model, caller);
            if ((rights.Error ?? Guard.CheckScope(rights.Value!, right, AttributeBag.Empty)) is { } refusal)
            {
                return refusal;
            }
            var now = Ports.Now();
            var decided = await decide(current, now);
            if (!decided.IsOk)
            {
                return decided.Error;
            }
            var change = decided.Value;
            if (!change.IsNoOp)
            {
                if (await CommitAsync(ToCommit(change, caller, now), caller, change, MissingAsync) is { } error)
                {
                    return error;
                }
                Swap(change.State);
            }
            return change;
        });

    private Commit ToCommit(EntityChange change, Caller caller, DateTimeOffset now)
    {
        var row = IndexRows.Entity(_tenant, _entity);
        return new Commit(Key, 0, EntityCodec.Encode(change.State))
        {
            Adds = change.IsNew ? [row] : [],
            Removes = change.State.IsStored ? [] : [row],
            Requires = [IndexRows.OfTenant(_tenant), IndexRows.EntityType(_tenant, _entity.Type)],
            Outbox = [new OutboxRow(_tenant, AuditCodec.EncodePending(change.Audit!, Ports.Ids.Next(), now, caller))],
        };
    }

    // The type is not registered any more only where the tenant is another by now.
    private async ValueTask<AuthzError> MissingAsync() => await _replica.LoadAsync() is null ? Refusals.NoTenant(_tenant) : Refusals.LostRace;
}
