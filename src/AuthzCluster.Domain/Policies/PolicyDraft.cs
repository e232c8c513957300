namespace AuthzCluster.Domain.Policies;

/// <summary>A policy as a caller writes it, to be made or to replace one; nothing of it is checked yet.</summary>
public sealed record PolicyDraft
{
    /// <summary>The id wished for; null: one is made. A policy that is made together with its role needs one.</summary>
    public string? Id { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>For people.</summary>
    public string? Description { get; init; }

    /// <summary>What it does; null: left out, which is refused.</summary>
    public PolicyEffect? Effect { get; init; }

    /// <summary>Patterns of resources; none: all.</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>Patterns of actions; none: all.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>Patterns of principals; none: all.</summary>
    public IReadOnlyList<string> Principals { get; init; } = [];

    /// <summary>What must hold.</summary>
    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>The higher is asked first.</summary>
    public int Priority { get; init; }

    /// <summary>Whether it decides anything.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>Of an allow: what it gives besides. Repeated ones count once.</summary>
    public IReadOnlyList<string> GrantPermissions { get; init; } = [];
}
