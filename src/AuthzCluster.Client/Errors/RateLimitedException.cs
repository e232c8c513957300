namespace AuthzCluster.Client;

/// <summary>The server takes no more requests of this caller for now. Nothing was done.</summary>
/// <param name="failure">What is known.</param>
public sealed class RateLimitedException(AuthzFailure failure) : AuthzException(failure)
{
    /// <summary>How long the server asks to wait; null: it did not say.</summary>
    public TimeSpan? RetryAfter => Failure.RetryAfter;
}
