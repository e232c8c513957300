namespace AuthzCluster.Client;

/// <summary>The input breaks a rule; <see cref="AuthzException.Fields"/> says where. Nothing was changed.</summary>
/// <param name="failure">What is known.</param>
public sealed class ValidationFailedException(AuthzFailure failure) : AuthzException(failure)
{
    /// <summary>Of one field, found here before anything was sent.</summary>
    public static ValidationFailedException Of(string field, string message) => new(new AuthzFailure("validation_failed", $"{field} {message}")
    {
        Fields = new Dictionary<string, IReadOnlyList<string>> { [field] = [message] },
    });
}
