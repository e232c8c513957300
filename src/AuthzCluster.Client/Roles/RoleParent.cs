namespace AuthzCluster.Client;

/// <summary>An edge to a role that is inherited from.</summary>
/// <param name="RoleId">The parent; its name will do in a write.</param>
public sealed record RoleParent(string RoleId)
{
    /// <summary>
    /// <c>full</c>: all that the parent has; <c>partial</c>: what <see cref="Permissions"/> cover of it;
    /// <c>conditional</c>: all while <see cref="Conditions"/> hold; <c>none</c>: nothing.
    /// </summary>
    public string InheritanceType { get; init; } = "full";

    /// <summary>Patterns of a partial edge.</summary>
    public IReadOnlyList<string> Permissions { get; init; } = [];

    /// <summary>Conditions of a conditional edge.</summary>
    public IReadOnlyList<Condition> Conditions { get; init; } = [];
}
