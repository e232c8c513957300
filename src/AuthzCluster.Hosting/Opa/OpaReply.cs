using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Hosting.Opa;

/// <summary>What became of one call.</summary>
/// <param name="Truth">What was answered.</param>
/// <param name="Problem">Why nothing was; null: something was.</param>
internal readonly record struct OpaReply(Truth Truth, string? Problem)
{
    /// <summary>Whether there is no such document for the question.</summary>
    public bool IsUndefined { get; init; }

    /// <summary>Whether the server, or what answered in its place, is not fit to answer: not the question, or the document that it was about.</summary>
    public bool IsOutage { get; init; }

    /// <summary>Whether nobody was asked: it says nothing of the server.</summary>
    public bool IsUnasked { get; init; }

    /// <summary>There is no answer to what was asked.</summary>
    public static OpaReply Failed(string problem, bool isOutage) => new(Truth.Error, problem) { IsOutage = isOutage };

    /// <summary>Nobody was asked.</summary>
    public static OpaReply Unasked(string problem) => new(Truth.Error, problem) { IsUnasked = true };
}
