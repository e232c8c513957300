using AuthzCluster.Actors.Doors;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Api.Replies;

/// <summary>The roles above and below one.</summary>
internal sealed record HierarchyReply(IReadOnlyList<RelatedReply> Ancestors, IReadOnlyList<RelatedReply> Descendants)
{
    public static HierarchyReply Of(RoleHierarchy hierarchy) =>
        new([.. hierarchy.Ancestors.Select(RelatedReply.Of)], [.. hierarchy.Descendants.Select(RelatedReply.Of)]);
}

/// <summary>One of them.</summary>
internal sealed record RelatedReply(string Id, string Name, int Depth, string InheritanceType)
{
    public static RelatedReply Of(RelatedRole role) => new(role.Id.Value, role.Name, role.Depth, EnumText.Of(role.Inheritance));
}
