using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Actors.Views;

/// <summary>A role as callers see it.</summary>
/// <param name="Role">The definition.</param>
/// <param name="UserCount">How many subjects (teams aside) hold it by an assignment that has not ended.</param>
public sealed record RoleView(RoleDefinition Role, long UserCount)
{
    /// <summary>What a careful author should know, such as a partial pattern that lets nothing through.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
