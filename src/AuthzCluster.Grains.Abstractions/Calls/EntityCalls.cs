using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Grains.Abstractions.Actors;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>An entity's writer, its lost calls as refusals.</summary>
internal sealed class EntityCalls(IEntityGrain grain) : IEntityActor
{
    public Task<Result<EntityChange>> PutAsync(AttributeBag properties, long? ifVersion, Caller caller) =>
        grain.PutAsync(properties, ifVersion, caller).ToRefusalAsync(Lost.Patience);

    public Task<Result<EntityChange>> DeleteAsync(long? ifVersion, Caller caller) => grain.DeleteAsync(ifVersion, caller).ToRefusalAsync(Lost.Patience);
}
