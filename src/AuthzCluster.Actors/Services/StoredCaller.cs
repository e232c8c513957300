using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.State;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>What is stored of a caller: all that its rights go by, read at once.</summary>
/// <param name="principal">The caller.</param>
/// <param name="stored">What was found under <see cref="KeysOf"/>.</param>
/// <param name="ports">The host's.</param>
internal sealed class StoredCaller(SubjectId principal, IReadOnlyList<StoredState> stored, ActorPorts ports)
{
    /// <summary>What is to be read, of a caller in the tenant of a model, and in <c>system</c> where it counts there.</summary>
    public static IReadOnlyList<ActorKey> KeysOf(SubjectId principal, CompiledTenant model, CompiledTenant? system)
    {
        List<ActorKey> keys = [ActorKey.Of(model.Model.Id, principal)];
        if (system is not null && system != model)
        {
            keys.Add(ActorKey.Of(system.Model.Id, principal));
        }
        if (model.StoresEntitiesOf(principal.Type))
        {
            keys.Add(EntityKeyOf(principal, model));
        }
        return keys;
    }

    /// <summary>What it holds there.</summary>
    /// <exception cref="StoreUnavailableException">It is no state.</exception>
    public SubjectGrants GrantsIn(CompiledTenant model)
    {
        var key = ActorKey.Of(model.Model.Id, principal);
        var state = Find(key) is { } bytes ? ports.Decode(key, () => SubjectCodec.Decode(bytes)) : SubjectAssignments.None;
        return SubjectGrants.Compile(principal, state, ports.Custom);
    }

    /// <summary>What the engine is told of it in a check: what is stored as its entity.</summary>
    /// <exception cref="StoreUnavailableException">It is no state.</exception>
    public AttributeBag PropertiesIn(CompiledTenant model)
    {
        var key = EntityKeyOf(principal, model);
        return Find(key) is { } bytes ? ports.Decode(key, () => EntityCodec.Decode(bytes)).Properties : AttributeBag.Empty;
    }

    private static ActorKey EntityKeyOf(SubjectId principal, CompiledTenant model) => ActorKey.Of(model.Model.Id, EntityId.Of(principal));

    private byte[]? Find(ActorKey key) => stored.FirstOrDefault(state => state.Key == key)?.State;
}
