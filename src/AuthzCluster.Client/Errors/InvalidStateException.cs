namespace AuthzCluster.Client;

/// <summary>It is not in a state that allows this; or the idempotency key was used for another write.</summary>
/// <param name="failure">What is known.</param>
public sealed class InvalidStateException(AuthzFailure failure) : AuthzException(failure);
