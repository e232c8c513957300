namespace AuthzCluster.Client;

/// <summary>The parents do not fit; the code says how: <c>circular_hierarchy</c>, <c>hierarchy_too_deep</c>, <c>level_inconsistent</c>, <c>parent_inactive</c>.</summary>
/// <param name="failure">What is known.</param>
public sealed class HierarchyException(AuthzFailure failure) : AuthzException(failure);
