using System.Text.Json.Nodes;

namespace AuthzCluster.Client;

/// <summary>A role that somebody has.</summary>
public sealed record RoleAssignment
{
    /// <summary>The assignment's own id.</summary>
    public required string AssignmentId { get; init; }

    /// <summary>Who has it.</summary>
    public required Principal Principal { get; init; }

    /// <summary>The role's id.</summary>
    public required string RoleId { get; init; }

    /// <summary>The role's name when this was read.</summary>
    public required string RoleName { get; init; }

    /// <summary>What the resource of a question must say for it to count, member by member; empty: anything.</summary>
    public JsonObject Scope { get; init; } = [];

    /// <summary>From when on it counts; null: from <see cref="GrantedAt"/>.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>From when on it counts no more; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What must hold besides.</summary>
    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary><c>active</c>, <c>scheduled</c>, <c>suspended</c>, <c>expired</c> or <c>revoked</c>; newer servers may know others.</summary>
    public required string Status { get; init; }

    /// <summary>Whether it counted when this was read.</summary>
    public bool IsActive { get; init; }

    /// <summary>Who gave it, as <c>TYPE:ID</c>.</summary>
    public string GrantedBy { get; init; } = "";

    /// <summary>When it was given.</summary>
    public DateTimeOffset GrantedAt { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>Data of yours.</summary>
    public JsonObject Metadata { get; init; } = [];
}
