using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Api.Bodies;

/// <summary>A subject or a team.</summary>
internal sealed record PrincipalBody
{
    public string? Type { get; init; }

    public string? Id { get; init; }

    public static PrincipalBody Of(SubjectId subject) => new() { Type = subject.Type, Id = subject.Id };

    /// <summary>The one of <c>user_id</c> and <c>principal</c> that was given.</summary>
    public static SubjectId Read(string? userId, PrincipalBody? principal, string path, List<FieldError> errors)
    {
        if (userId is null == principal is null)
        {
            errors.Add(new FieldError($"{path}user_id", "one of `user_id` and `principal` must be given, not both"));
            return default;
        }
        if (userId is not null)
        {
            Ids.Check(userId, $"{path}user_id", errors);
            return SubjectId.User(userId);
        }
        if (Ids.TypeFault(principal!.Type) is { } fault)
        {
            errors.Add(new FieldError($"{path}principal.type", fault));
        }
        Ids.Check(principal.Id, $"{path}principal.id", errors);
        return new SubjectId(principal.Type ?? "", principal.Id ?? "");
    }
}
