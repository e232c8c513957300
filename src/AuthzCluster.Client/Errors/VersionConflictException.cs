namespace AuthzCluster.Client;

/// <summary>Somebody else changed it meanwhile: read it again, and decide anew.</summary>
/// <param name="failure">What is known.</param>
public sealed class VersionConflictException(AuthzFailure failure) : AuthzException(failure);
