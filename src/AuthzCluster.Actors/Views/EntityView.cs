using AuthzCluster.Domain.Entities;

namespace AuthzCluster.Actors.Views;

/// <summary>A stored entity as callers see it.</summary>
/// <param name="Id">Which.</param>
/// <param name="Entity">What is stored.</param>
public sealed record EntityView(EntityId Id, StoredEntity Entity);
