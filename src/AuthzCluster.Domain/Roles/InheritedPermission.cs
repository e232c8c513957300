using System.Collections.Immutable;
using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Domain.Roles;

/// <summary>A permission that a role has from an ancestor.</summary>
/// <param name="Permission">The permission, as the ancestor has it.</param>
/// <param name="FromRole">The name of the nearest ancestor that has it itself.</param>
/// <param name="IsConditional">Whether every path to it has a conditional edge.</param>
public sealed record InheritedPermission(Permission Permission, string FromRole, bool IsConditional)
{
    /// <summary>Names of the roles from the one asked about to the one that has it itself, both included; empty where the node that answered tells none.</summary>
    public ImmutableArray<string> Path { get; init; } = [];
}
