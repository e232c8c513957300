using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Api.Endpoints;

/// <summary>What several endpoints ask of their bodies.</summary>
internal static class BodyRules
{
    /// <summary>A role named in a body is the path's, by whatever of its names.</summary>
    public static async Task CheckRoleAsync(ApiRequest request, string? roleId, List<FieldError> errors)
    {
        if (roleId is null || roleId == request["role"])
        {
            return;
        }
        var path = await request.Ports.Roles.GetAsync(request.Tenant, request["role"]);
        var body = await request.Ports.Roles.GetAsync(request.Tenant, roleId);
        if (path.IsOk && (!body.IsOk || body.Value.Role.Id != path.Value.Role.Id))
        {
            errors.Add(new FieldError("role_id", "is not the role of this path"));
        }
    }

    /// <summary>Ends the request where there are errors.</summary>
    public static void Throw(List<FieldError> errors)
    {
        if (errors.Count > 0)
        {
            throw ProblemException.Invalid(errors);
        }
    }

    /// <summary>The version that If-Match asks of the path's role.</summary>
    public static ValueTask<long?> RoleVersionAsync(ApiRequest request) =>
        ETags.IfMatchAsync(request.Http, async () => (await request.Ports.Roles.GetAsync(request.Tenant, request["role"])).Map(view => view.Role.Version));
}
