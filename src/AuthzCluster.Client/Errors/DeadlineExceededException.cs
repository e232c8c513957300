namespace AuthzCluster.Client;

/// <summary>The call's time was over before an answer came; its inner exception is what the last try came to, if one ended.</summary>
/// <param name="failure">What is known.</param>
public sealed class DeadlineExceededException(AuthzFailure failure) : UnavailableException(failure);
