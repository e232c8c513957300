using System.Globalization;
using AuthzCluster.Api.Bodies;
using AuthzCluster.Api.Endpoints;
using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using Google.Protobuf;

namespace AuthzCluster.Api.Grpc;

/// <summary>Roles: each method is a request to the endpoint that does it, and answers with its reply.</summary>
internal static class RoleMethods
{
    private const int RoleLimit = 4 * ApiEndpoint.UsualBody;

    public static readonly ApiEndpoint[] All =
    [
        Method<V1.CreateRoleRequest, V1.Role>("CreateRole", message => new("POST", "/api/v1/roles", message), RoleLimit),
        Method<V1.GetRoleRequest, V1.Role>("GetRole", message => new("GET", Role(message.RoleId))),
        Method<V1.UpdateRoleRequest, V1.Role>("UpdateRole", Update, RoleLimit),
        Method<V1.DeleteRoleRequest, V1.DeleteRoleResponse>("DeleteRole", Delete),
        Method<V1.AssignRoleRequest, V1.Assignment>("AssignRole", message => new("POST", $"{Role(message.RoleId)}/assign", message)),
        Method<V1.RevokeRoleRequest, V1.RevokeRoleResponse>("RevokeRole", Revoke),
        Method<V1.GetUserRolesRequest, V1.GetUserRolesResponse>("GetUserRoles", RolesOf),
        Method<V1.GetRoleHierarchyRequest, V1.GetRoleHierarchyResponse>("GetRoleHierarchy", message => new("GET", $"{Role(message.RoleId)}/hierarchy")),
    ];

    // Open here: it is the request made of it that shows the credential and takes a place.
    private static ApiEndpoint Method<TRequest, TReply>(string name, Func<TRequest, InnerRequest> ask, int limit = ApiEndpoint.UsualBody)
        where TRequest : class, IMessage<TRequest>, new() where TReply : IMessage, new() =>
        new("POST", $"/authz.v1.RoleService/{name}", request => AnswerAsync<TRequest, TReply>(request, ask), null)
        {
            Feature = Feature.Always, IsOpen = true, BodyLimit = limit,
        };

    private static async Task AnswerAsync<TRequest, TReply>(ApiRequest request, Func<TRequest, InnerRequest> ask)
        where TRequest : class, IMessage<TRequest>, new() where TReply : IMessage, new()
    {
        var call = GrpcCall.Of(request);
        // Of whom nobody knows no byte is kept.
        if (!await call.Server.Api.IsKnownAsync(request.Http))
        {
            throw new ProblemException(Problem.Unauthenticated());
        }
        var message = await call.ReadOneAsync<TRequest>(request);
        Structs.Check(message);
        var reply = await ask(message).AnswerAsync(request, call.Server.Api);
        if (reply.Problem is { } problem)
        {
            await call.FailAsync(problem);
            return;
        }
        call.Send(reply.Body.Length == 0 ? new TReply() : JsonMessages.Read<TReply>(reply.Body));
    }

    private static InnerRequest Update(V1.UpdateRoleRequest message)
    {
        var body = message.Clone();
        body.ClearIfVersion();
        return new("PUT", Role(message.RoleId), body) { IfVersion = message.HasIfVersion ? message.IfVersion : null };
    }

    private static InnerRequest Delete(V1.DeleteRoleRequest message) =>
        new("DELETE", Role(message.RoleId) + (message.Force ? "?force=true" : "")) { IfVersion = message.HasIfVersion ? message.IfVersion : null };

    private static InnerRequest Revoke(V1.RevokeRoleRequest message)
    {
        var principal = Principal(message.HasUserId ? message.UserId : null, message.Principal);
        var scope = message.Scope is null ? "" : $"?scope={Uri.EscapeDataString(JsonMessages.Write(message.Scope))}";
        return new("DELETE", $"{Role(message.RoleId)}{principal}{scope}");
    }

    private static InnerRequest RolesOf(V1.GetUserRolesRequest message)
    {
        var query = new List<string>();
        if (message.At is { } at)
        {
            query.Add($"at={Uri.EscapeDataString(Times.Format(Instants.Read(at, "at")))}");
        }
        if (message.IncludeInactive)
        {
            query.Add("include_inactive=true");
        }
        if (message.HasLimit)
        {
            query.Add(string.Create(CultureInfo.InvariantCulture, $"limit={message.Limit}"));
        }
        if (message.HasPageToken)
        {
            query.Add($"page_token={Uri.EscapeDataString(message.PageToken)}");
        }
        var path = $"/api/v1{Principal(message.HasUserId ? message.UserId : null, message.Principal)}/roles";
        return new("GET", query.Count == 0 ? path : $"{path}?{string.Join('&', query)}");
    }

    // A blank one would be another path.
    private static string Role(string role) =>
        Ids.Fault(role) is { } fault ? throw ProblemException.Invalid("role_id", fault) : $"/api/v1/roles/{Uri.EscapeDataString(role)}";

    private static string Principal(string? userId, V1.Principal? principal)
    {
        var errors = new List<FieldError>();
        SubjectId id = PrincipalBody.Read(userId, principal is null ? null : new PrincipalBody { Type = principal.Type, Id = principal.Id }, "", errors);
        BodyRules.Throw(errors);
        return $"/principals/{Uri.EscapeDataString(id.Type)}/{Uri.EscapeDataString(id.Id)}";
    }
}
