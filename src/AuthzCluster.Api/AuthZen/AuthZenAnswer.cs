using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Api.AuthZen;

/// <summary>The answer to one question.</summary>
/// <param name="Decision">The decision; null: the question could not be asked of anybody, or failed.</param>
/// <param name="ShowsAdmin">Whether the caller may be told how it came about.</param>
internal readonly record struct AuthZenAnswer(Decision? Decision, bool ShowsAdmin)
{
    /// <summary>What went wrong; null: nothing. Of an item of a batch only.</summary>
    public Problem? Error { get; init; }

    /// <summary>Whether it is allowed.</summary>
    public bool IsAllowed => Decision is { IsAllowed: true };

    /// <summary>That something went wrong.</summary>
    public static AuthZenAnswer Of(Problem error) => new(null, false) { Error = error };
}
