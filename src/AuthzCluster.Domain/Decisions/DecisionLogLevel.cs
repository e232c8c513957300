namespace AuthzCluster.Domain.Decisions;

/// <summary>Which decisions are logged.</summary>
public enum DecisionLogLevel : byte
{
    /// <summary>None.</summary>
    Off,
    /// <summary>One of so many.</summary>
    Sampled,
    /// <summary>All.</summary>
    All,
}
