namespace AuthzCluster.Client;

/// <summary>One thing that was looked at on the way to a decision.</summary>
public sealed record DecisionStep
{
    /// <summary>What came of it, as a code such as <c>scope_mismatch</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>The assignment, by id.</summary>
    public string? Assignment { get; init; }

    /// <summary>The role, by name.</summary>
    public string? Role { get; init; }

    /// <summary>The team that the assignment is of; null: the subject itself.</summary>
    public string? Team { get; init; }

    /// <summary>The roles from the assigned one up to that which has the permission.</summary>
    public IReadOnlyList<string> Path { get; init; } = [];

    /// <summary>The permission that was held against the question.</summary>
    public string? Permission { get; init; }

    /// <summary>More, such as the member of the scope that differed.</summary>
    public string? Detail { get; init; }
}
