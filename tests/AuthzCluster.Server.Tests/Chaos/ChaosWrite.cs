namespace AuthzCluster.Server.Tests.Chaos;

/// <summary>A write, and what it makes of facts. Each fact that it changes is one audit record under its request id.</summary>
/// <param name="RequestId">Its id.</param>
/// <param name="Facts">What it makes of each.</param>
internal sealed record ChaosWrite(string RequestId, IReadOnlyDictionary<string, string> Facts)
{
    /// <summary>Whether it is done wholly or not at all; else each fact is for itself.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>How many audit records tell of it besides those of the facts, if it changes any.</summary>
    public int MoreRecords { get; init; }

    /// <summary>The role that it removes; null: none.</summary>
    public string? Deletes { get; init; }
}
