using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Domain.Roles;

/// <summary>A parent as a caller writes it; nothing of it is checked yet.</summary>
/// <param name="Role">The parent's id or name; the id wins.</param>
/// <param name="Type">What passes.</param>
public sealed record ParentDraft(string Role, InheritanceType Type = InheritanceType.Full)
{
    /// <summary>Where in the role the caller named the parent, for errors; null: <c>parents[i].role_id</c>.</summary>
    public string? Field { get; init; }

    /// <summary>Patterns of a partial edge.</summary>
    public IReadOnlyList<string> Permissions { get; init; } = [];

    /// <summary>Conditions of a conditional edge.</summary>
    public IReadOnlyList<Condition> Conditions { get; init; } = [];
}
