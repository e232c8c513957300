using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Entities;

namespace AuthzCluster.Testing.Cases;

/// <summary>An entity that a case stores.</summary>
/// <param name="Id">Which.</param>
/// <param name="Properties">What is stored of it.</param>
/// <param name="IsDeleted">Whether it is removed again.</param>
public sealed record CaseEntity(EntityId Id, AttributeBag Properties, bool IsDeleted);
