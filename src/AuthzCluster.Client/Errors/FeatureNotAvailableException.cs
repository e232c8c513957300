namespace AuthzCluster.Client;

/// <summary>The tenant's edition lacks it.</summary>
/// <param name="failure">What is known.</param>
public sealed class FeatureNotAvailableException(AuthzFailure failure) : AuthzException(failure);
