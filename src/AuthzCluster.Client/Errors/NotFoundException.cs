namespace AuthzCluster.Client;

/// <summary>There is no such thing; also where the address is not that of an AuthzCluster server.</summary>
/// <param name="failure">What is known.</param>
public class NotFoundException(AuthzFailure failure) : AuthzException(failure);
