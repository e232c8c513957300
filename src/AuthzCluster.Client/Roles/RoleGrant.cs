using System.Text.Json.Nodes;

namespace AuthzCluster.Client;

/// <summary>An assignment to make.</summary>
/// <param name="Principal">Who gets the role.</param>
/// <param name="RoleId">The role's id or name.</param>
public sealed record RoleGrant(Principal Principal, string RoleId)
{
    /// <summary>From when on it counts; null: at once.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>From when on it counts no more; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What the resource of a question must say for it to count, member by member; null: anything.</summary>
    public JsonObject? Scope { get; init; }

    /// <summary>What must hold besides.</summary>
    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>Why, for the audit log.</summary>
    public string? Reason { get; init; }

    /// <summary>Data of yours.</summary>
    public JsonObject? Metadata { get; init; }
}
