using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Domain.Policies;

/// <summary>A condition ready to be evaluated: no parsing, no reflection. Pure.</summary>
/// <param name="request">The question.</param>
internal delegate Truth CompiledCondition(AccessRequest request);
