namespace AuthzCluster.Client;

/// <summary>The role's name or id is taken.</summary>
/// <param name="failure">What is known.</param>
public sealed class RoleAlreadyExistsException(AuthzFailure failure) : AuthzException(failure);
