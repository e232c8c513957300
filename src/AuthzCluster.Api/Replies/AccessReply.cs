using AuthzCluster.Actors.Doors;
using AuthzCluster.Api.Bodies;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Api.Replies;

/// <summary>One entry of who may what: a permission of a subject, and the whole way by which it came.</summary>
internal sealed record AccessReply(
    PrincipalBody Principal, string Permission, string Assignment, string? Team, string Role, IReadOnlyList<string> Path, bool Conditional)
{
    public static AccessReply Of(SubjectId subject, EffectivePermission item) =>
        new(PrincipalBody.Of(subject), item.Permission.ToString(), item.Assignment, item.Team, item.Role, item.Path, item.IsConditional);

    public static AccessReply Of(RoleAccessEntry item) =>
        new(PrincipalBody.Of(item.Subject), item.Permission.ToString(), item.Assignment, item.Team, item.Role, item.Path, item.IsConditional);
}
