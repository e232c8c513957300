using AuthzCluster.Api.Decisions;
using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Api.Grpc;

/// <summary>Reads questions off messages, by the rules of the bodies: see <see cref="QuestionDraft"/>.</summary>
internal static class QuestionMessages
{
    /// <summary>The question of a message; <paramref name="path"/> is before the fields that errors name.</summary>
    public static Question Read(V1.EvaluateRequest message, string path = "")
    {
        var subject = Subject(message, path);
        var (type, id) = Resource(message.Resource, path);
        var (permission, hasExplicitScope) = Asked(message, path);
        var properties = Structs.Read(message.Resource?.Properties, $"{path}resource.properties");
        var scope = Structs.Read(message.Scope, $"{path}scope");
        var request = new AccessRequest
        {
            Subject = subject,
            Permission = permission,
            HasExplicitScope = hasExplicitScope,
            ResourceType = type,
            ResourceId = id,
            SubjectProperties = Structs.Read(message.Subject?.Properties, $"{path}subject.properties"),
            ResourceProperties = scope.Count == 0 ? properties : properties.With(scope),
            ActionProperties = Structs.Read(message.Action?.Properties, $"{path}action.properties"),
            Context = Structs.Read(message.Context, $"{path}context"),
        };
        return new Question(request, message.At is { } at ? Instants.Read(at, $"{path}at") : null, message.Explain);
    }

    private static SubjectId Subject(V1.EvaluateRequest message, string path)
    {
        if (message.HasUser == message.Subject is not null)
        {
            throw ProblemException.Invalid($"{path}subject", "one of `subject` and `user` must be given, not both");
        }
        if (message.HasUser)
        {
            return SubjectId.User(Checked(message.User, path, "user"));
        }
        if (message.Subject!.Type != SubjectId.UserType && Ids.TypeFault(message.Subject.Type) is { } fault)
        {
            throw ProblemException.Invalid($"{path}subject.type", fault);
        }
        var subject = new SubjectId(message.Subject.Type, Checked(message.Subject.Id, path, "subject.id"));
        return subject.IsTeam ? throw ProblemException.Invalid($"{path}subject.type", "must not be `team`: a team asks nothing") : subject;
    }

    private static (string? Type, string? Id) Resource(V1.Resource? resource, string path) => resource is null ? default
        : (resource.HasType ? Checked(resource.Type, path, "resource.type") : null, resource.HasId ? Checked(resource.Id, path, "resource.id") : null);

    private static (Permission Permission, bool HasExplicitScope) Asked(V1.EvaluateRequest message, string path)
    {
        var action = message.Action is { HasName: true } given ? Checked(given.Name, path, "action.name") : null;
        if (message.HasPermission)
        {
            return action is null ? Parsed(message.Permission, path, "permission")
                : throw ProblemException.Invalid($"{path}action.name", "must not be given beside `permission`");
        }
        return action is null ? throw ProblemException.Invalid($"{path}permission", "is missing: give `permission`, or `action.name` and `resource.type`")
            : message.Resource is not { HasType: true } ? throw ProblemException.Invalid($"{path}resource.type", "is missing: it is the resource of `action.name`")
            : Parsed($"{message.Resource.Type}:{action}", path, "action.name");
    }

    private static (Permission Permission, bool HasExplicitScope) Parsed(string text, string path, string field) =>
        PermissionCache.TryRead(text, out var permission, out var hasExplicitScope, out var fault)
            ? (permission, hasExplicitScope) : throw ProblemException.Invalid(path + field, fault);

    // A name is only put together where it is told.
    private static string Checked(string id, string path, string field) =>
        Ids.Fault(id) is { } fault ? throw ProblemException.Invalid(path + field, fault) : id;
}
