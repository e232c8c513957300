using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Api.Replies;

/// <summary>What a role has and inherits.</summary>
internal sealed record RolePermissionsReply(IReadOnlyList<string> Direct, IReadOnlyList<InheritedReply> Inherited, IReadOnlyList<string> Effective)
{
    public static RolePermissionsReply Of(RolePermissions permissions)
    {
        var all = permissions.Direct.Concat(permissions.Inherited.Select(inherited => inherited.Permission)).Distinct().Order();
        return new RolePermissionsReply(
            [.. permissions.Direct.Select(permission => permission.ToString())],
            [.. permissions.Inherited.Select(inherited => new InheritedReply(inherited.Permission.ToString(), inherited.FromRole, inherited.IsConditional))],
            [.. all.Select(permission => permission.ToString())]);
    }
}

/// <summary>A permission from an ancestor.</summary>
internal sealed record InheritedReply(string Permission, string FromRole, bool Conditional);

/// <summary>Whether a role gives a permission: by which of its permissions, and which role has that itself.</summary>
internal sealed record CoverReply(bool Granted, string? By, string? FromRole);

/// <summary>What a subject has.</summary>
internal sealed record EffectiveReply(IReadOnlyList<string> Permissions, IReadOnlyList<EffectiveItemReply> Items)
{
    public static EffectiveReply Of(IReadOnlyList<EffectivePermission> all, bool showsPolicies) => new(
        [.. all.Select(item => item.Permission).Distinct().Order().Select(permission => permission.ToString())],
        [.. all.Select(item => new EffectiveItemReply(item.Permission.ToString(), item.Role, item.FromRole, item.Assignment, item.Team, item.IsConditional,
            AccessReply.Giver(item), showsPolicies ? item.Policy : null, showsPolicies ? item.DeniedBy : null))]);
}

/// <summary>One permission and where it comes from. Policies are told to those who may read them.</summary>
internal sealed record EffectiveItemReply(
    string Permission, string? Role, string? FromRole, string? Assignment, string? Team, bool Conditional, string By, string? Policy, IReadOnlyList<string>? DeniedBy);
