namespace AuthzCluster.Client;

/// <summary>There is no such role.</summary>
/// <param name="failure">What is known.</param>
public sealed class RoleNotFoundException(AuthzFailure failure) : NotFoundException(failure);
