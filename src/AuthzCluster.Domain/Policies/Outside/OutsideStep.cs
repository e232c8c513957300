namespace AuthzCluster.Domain.Policies.Outside;

/// <summary>What an outside engine was asked on the way to a decision, and what it answered.</summary>
public sealed record OutsideStep
{
    /// <summary>The document asked for.</summary>
    public required string Path { get; init; }

    /// <summary>The engine's address as the condition or the tenant names it; null: neither does.</summary>
    public string? Url { get; init; }

    /// <summary>What it came to.</summary>
    public required Truth Answer { get; init; }

    /// <summary>Whether the engine has no such document for this question.</summary>
    public bool IsUndefined { get; init; }

    /// <summary>Why there was no answer; null: there was one.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether it was asked for the final word, the decision made here being part of the question.</summary>
    public bool IsFinalWord { get; init; }
}
