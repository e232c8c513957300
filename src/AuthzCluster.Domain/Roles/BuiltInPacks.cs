using System.Collections.Immutable;
namespace AuthzCluster.Domain.Roles;
/// <summary>STUB.</summary>
public static class BuiltInPacks {
    /// <summary>STUB.</summary>
    public static ImmutableArray<RoleDefinition> RolesOf(ImmutableArray<string> packs) => [];
}
