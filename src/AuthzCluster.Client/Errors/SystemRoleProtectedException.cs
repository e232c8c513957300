namespace AuthzCluster.Client;

/// <summary>Built-in roles are neither changed nor deleted.</summary>
/// <param name="failure">What is known.</param>
public sealed class SystemRoleProtectedException(AuthzFailure failure) : AuthzException(failure);
