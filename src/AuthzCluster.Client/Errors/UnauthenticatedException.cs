namespace AuthzCluster.Client;

/// <summary>The credential is missing, wrong, expired or revoked.</summary>
/// <param name="failure">What is known.</param>
public sealed class UnauthenticatedException(AuthzFailure failure) : AuthzException(failure);
