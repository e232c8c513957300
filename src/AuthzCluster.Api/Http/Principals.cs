using AuthzCluster.Domain.Assignments;

namespace AuthzCluster.Api.Http;

/// <summary>The principal that a path names: as <c>{user}</c>, or as <c>{type}/{id}</c>.</summary>
internal static class Principals
{
    /// <summary>A subject or a team.</summary>
    public static SubjectId NamedPrincipal(this ApiRequest request)
    {
        if (request.Endpoint.Parameters.Contains("user"))
        {
            return SubjectId.User(request["user"]);
        }
        return Ids.TypeFault(request["type"]) is { } fault
            ? throw ProblemException.Invalid("type", fault) : new SubjectId(request["type"], request["id"]);
    }

    /// <summary>A subject: a team is in no team and asks nothing.</summary>
    public static SubjectId NamedSubject(this ApiRequest request) =>
        request.NamedPrincipal() is { IsTeam: false } subject ? subject : throw ProblemException.Invalid("type", "must not be a team here");
}
