namespace AuthzCluster.Client;

/// <summary>Somebody would hold more of some roles than a constraint allows (separation of duty).</summary>
/// <param name="failure">What is known.</param>
public sealed class RoleConflictException(AuthzFailure failure) : AuthzException(failure);
