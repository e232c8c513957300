namespace AuthzCluster.Client;

/// <summary>What is known of a call that failed; <see cref="AuthzException.Of"/> makes the exception of it.</summary>
/// <param name="Code">The API's code, such as <c>role_not_found</c>.</param>
/// <param name="Message">For people.</param>
public sealed record AuthzFailure(string Code, string Message)
{
    /// <summary>No answer came, or the server could not do it now.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>The call's time was over. Made here; no server answers so.</summary>
    public const string DeadlineExceeded = "deadline_exceeded";

    /// <summary>What came was no answer of an AuthzCluster server. Made here; no server answers so.</summary>
    public const string InvalidAnswer = "invalid_answer";

    /// <summary>The HTTP status that came, or would have come; null: no answer came.</summary>
    public int? Status { get; init; }

    /// <summary>The request's id in the server's log and audit records.</summary>
    public string? RequestId { get; init; }

    /// <summary>What is wrong with the input: field to messages.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Fields { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>How long the server asks to wait before the next try.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What a write was sent under.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>What it came of, here.</summary>
    public Exception? Cause { get; init; }
}
