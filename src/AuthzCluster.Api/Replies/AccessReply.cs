using AuthzCluster.Actors.Doors;
using AuthzCluster.Api.Bodies;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Api.Replies;

/// <summary>
/// One entry of who may what: a permission of a subject, and the whole way by which it came: a role's, or a policy that gives it. Policies are told to those who may
/// read them.
/// </summary>
internal sealed record AccessReply(
    PrincipalBody Principal, string Permission, string? Assignment, string? Team, string? Role, IReadOnlyList<string> Path, bool Conditional, string By, string? Policy,
    IReadOnlyList<string>? DeniedBy)
{
    public static AccessReply Of(SubjectId subject, EffectivePermission item, bool showsPolicies) =>
        new(PrincipalBody.Of(subject), item.Permission.ToString(), item.Assignment, item.Team, item.Role, item.Path, item.IsConditional,
            Giver(item), showsPolicies ? item.Policy : null, showsPolicies ? item.DeniedBy : null);

    public static AccessReply Of(RoleAccessEntry item, bool showsPolicies) =>
        new(PrincipalBody.Of(item.Subject), item.Permission.ToString(), item.Assignment, item.Team, item.Role, item.Path, item.IsConditional,
            "role", null, showsPolicies ? item.DeniedBy : null);

    public static string Giver(EffectivePermission item) => item.Role is null ? "policy" : "role";
}
