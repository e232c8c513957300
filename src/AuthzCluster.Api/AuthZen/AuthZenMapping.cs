using AuthzCluster.Actors.Doors;
using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Api.AuthZen;

/// <summary>
/// What an AuthZEN question means here; pure, and the one place where it is said.
/// <list type="table">
/// <item><term><c>subject.type</c>, <c>subject.id</c></term><description>the subject; the type <c>team</c> asks nothing</description></item>
/// <item><term><c>resource.type</c> and <c>action.name</c></term><description>the permission <c>resource.type:action.name</c>, literally: no scope, no wildcard</description></item>
/// <item><term><c>resource.type</c>, <c>resource.id</c></term><description>the resource, and the stored entity whose properties join in</description></item>
/// <item><term><c>properties</c></term><description>of subject, resource and action: over what is stored, name by name</description></item>
/// <item><term><c>context</c></term><description>the context; nothing in it has a meaning of its own, <c>time</c> neither</description></item>
/// </list>
/// A type, a name or an id outside our grammar names nothing that anybody could be given: decided false, never an error.
/// </summary>
internal static class AuthZenMapping
{
    // In the place of what is looked for.
    private const string Anybody = "-";

    /// <summary>The subject as it is named, whether it can be one or not.</summary>
    public static SubjectId SubjectOf(AuthZenItem item) => new(item.Subject!.Type!, item.Subject.Id!);

    /// <summary>The question that a complete item asks; null: it names something outside our grammar, and the answer is no.</summary>
    public static AccessRequest? Map(AuthZenItem item)
    {
        var (subject, resource) = (SubjectOf(item), item.Resource!);
        return IsSubject(subject) && Ids.Fault(resource.Id) is null && Permission.TryName(resource.Type!, item.Action!.Name!, out var permission)
            ? Compose(item, subject, permission, resource.Type!, resource.Id)
            : null;
    }

    /// <summary>What a complete search looks for; null: it names something outside our grammar, and there is none.</summary>
    public static AccessQuery? Map(AuthZenItem item, AccessQueryKind open)
    {
        var (type, id) = (item.Resource!.Type!, open == AccessQueryKind.Resources ? null : item.Resource.Id);
        var subject = open == AccessQueryKind.Subjects ? new SubjectId(item.Subject!.Type!, Anybody) : SubjectOf(item);
        // Any action stands for those that are looked for.
        var action = open == AccessQueryKind.Actions ? Anybody : item.Action!.Name!;
        return IsSubject(subject) && (id is null || Ids.Fault(id) is null) && Permission.TryName(type, action, out var permission)
            ? new AccessQuery(open, open == AccessQueryKind.Subjects ? subject.Type : type, Compose(item, subject, permission, type, id))
            : null;
    }

    private static bool IsSubject(SubjectId subject) => !subject.IsTeam && Ids.TypeFault(subject.Type) is null && Ids.Fault(subject.Id) is null;

    private static AccessRequest Compose(AuthZenItem item, SubjectId subject, Permission permission, string resourceType, string? resourceId) => new()
    {
        Subject = subject,
        Permission = permission,
        ResourceType = resourceType,
        ResourceId = resourceId,
        SubjectProperties = item.Subject?.Properties ?? AttributeBag.Empty,
        ResourceProperties = item.Resource?.Properties ?? AttributeBag.Empty,
        ActionProperties = item.Action?.Properties ?? AttributeBag.Empty,
        Context = item.Context ?? AttributeBag.Empty,
    };
}
