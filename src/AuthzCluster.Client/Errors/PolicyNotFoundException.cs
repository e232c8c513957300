namespace AuthzCluster.Client;

/// <summary>There is no such policy.</summary>
/// <param name="failure">What is known.</param>
public sealed class PolicyNotFoundException(AuthzFailure failure) : NotFoundException(failure);
