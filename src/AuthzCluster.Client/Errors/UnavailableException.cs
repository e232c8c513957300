namespace AuthzCluster.Client;

/// <summary>
/// No answer could be had now, and repeating it within the deadline did not help. A write may or may not have been done:
/// sent again under its <see cref="AuthzException.IdempotencyKey"/> it is done once.
/// </summary>
/// <param name="failure">What is known.</param>
public class UnavailableException(AuthzFailure failure) : AuthzException(failure)
{
    /// <summary>How long the server asks to wait; null: it did not say.</summary>
    public TimeSpan? RetryAfter => Failure.RetryAfter;
}
