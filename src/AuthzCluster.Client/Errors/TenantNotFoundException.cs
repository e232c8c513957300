namespace AuthzCluster.Client;

/// <summary>There is no such tenant.</summary>
/// <param name="failure">What is known.</param>
public sealed class TenantNotFoundException(AuthzFailure failure) : NotFoundException(failure);
