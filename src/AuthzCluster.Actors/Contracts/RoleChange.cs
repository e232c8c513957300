using System.Collections.Immutable;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Actors.Contracts;

/// <summary>What an edit of a role led to.</summary>
/// <param name="Role">The role as it is now; null: it is gone.</param>
/// <param name="Warnings">What a careful author should know.</param>
public sealed record RoleChange(RoleDefinition? Role, ImmutableArray<string> Warnings)
{
    /// <summary>The id of the policy that came to it; null: the edit was another.</summary>
    public string? Policy { get; init; }
}
