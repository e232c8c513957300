namespace AuthzCluster.Domain.Governance;

/// <summary>A constraint as a caller writes it; nothing of it is checked yet.</summary>
public sealed record ConstraintDraft
{
    /// <summary>The id wished for; null: one is made.</summary>
    public string? Id { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The roles, by id or name (the id wins).</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>How many of them somebody may hold together; null: left out, which is refused.</summary>
    public int? Max { get; init; }
}
