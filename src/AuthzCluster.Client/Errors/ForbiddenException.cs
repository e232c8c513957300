namespace AuthzCluster.Client;

/// <summary>The caller may not, or the credential is not made for the tenant.</summary>
/// <param name="failure">What is known.</param>
public sealed class ForbiddenException(AuthzFailure failure) : AuthzException(failure);
