namespace AuthzCluster.Client;

/// <summary>Somebody holds the role, so it was not deleted.</summary>
/// <param name="failure">What is known.</param>
public sealed class RoleInUseException(AuthzFailure failure) : AuthzException(failure);
