namespace AuthzCluster.Client;

/// <summary>The principal does not have the role.</summary>
/// <param name="failure">What is known.</param>
public sealed class AssignmentNotFoundException(AuthzFailure failure) : NotFoundException(failure);
