namespace AuthzCluster.Client;

/// <summary>A policy of a role: it applies to whom the role counts for. The first that matches and whose conditions hold decides.</summary>
public sealed record PolicyRule
{
    /// <summary>The id, unique in the tenant; empty in a write: the server makes one.</summary>
    public string RuleId { get; init; } = "";

    /// <summary>The name, for people. Empty where it was read by somebody who may not read policies: then there is an id and nothing else.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>What it does.</summary>
    public PolicyEffect Effect { get; init; }

    /// <summary>Patterns of resources, such as <c>claim:*</c>; none: all.</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>Patterns of actions; none: all.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>Patterns of principals, such as <c>team:docs</c>; none: all.</summary>
    public IReadOnlyList<string> Principals { get; init; } = [];

    /// <summary>In a write: an expression that must hold besides <see cref="Conditions"/>, such as <c>resource.entityType = 'Endpoint'</c>. Read back as one of them.</summary>
    public string? Condition { get; init; }

    /// <summary>What must hold, all of it.</summary>
    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>The higher is asked first; at the same, a deny before an allow.</summary>
    public int Priority { get; init; }

    /// <summary>Whether it decides anything.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>Of an allow: what it gives where no role does.</summary>
    public IReadOnlyList<string> GrantPermissions { get; init; } = [];

    /// <summary>The version that was read; null: not read.</summary>
    public long? Version { get; init; }
}
