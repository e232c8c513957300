using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Entities;

/// <summary>One entity to import.</summary>
/// <param name="Id">Which.</param>
/// <param name="Properties">All that is to be stored of it.</param>
public sealed record EntityRow(EntityId Id, AttributeBag Properties);
