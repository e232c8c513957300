using AuthzCluster.Api.Http;

namespace AuthzCluster.Http.Tests.Fuzz;

/// <summary>
/// One good request for each endpoint: a new endpoint needs a line here, and is fuzzed by having it. Members with a
/// wrong type must be refused wherever they are, except below those that take anything (<see cref="JsonPlaces"/>).
/// </summary>
internal static class GoodRequests
{
    /// <summary>These stand for ids that nobody can choose.</summary>
    public const string ApiKey = "$api_key", Assignment = "$assignment", Webhook = "$webhook";

    /// <summary>Those of requests for roles: one to approve, one to reject, one to cancel.</summary>
    public const string Approvable = "$approvable", Rejectable = "$rejectable", Cancellable = "$cancellable";

    private const string
        Role = """{"name":"new","display_name":"New","description":"d","permissions":["a:read","b.c:write:own"],"parents":[{"role_id":"base","inheritance_type":"partial","permissions":["a:read"]}],"hierarchy_level":7,"is_active":true,"metadata":{"k":[1,{"x":null}]}}""",
        Policy = """{"name":"new","description":"d","effect":"allow","resources":["zzz:*"],"actions":["read"],"principals":["role:clerk"],"conditions":[{"type":"attribute_match","params":{"attribute":"resource.state","operator":"eq","expected":"open"}}],"priority":5,"is_active":true,"grant_permissions":["a:read"]}""",
        Assign = """{"principal":{"type":"user","id":"bob"},"starts_at":"2026-01-01T00:00:00Z","expires_at":"2999-01-01T00:00:00Z","scope":{"site":"s"},"conditions":[{"type":"attribute_match","params":{"attribute":"resource.state","operator":"eq","expected":"open"}}],"reason":"r","metadata":{}}""",
        AuthZen = """{"subject":{"type":"user","id":"alice"},"action":{"name":"read"},"resource":{"type":"a","id":"1"},"context":{}}""",
        Question = """{"subject":{"type":"user","id":"alice","properties":{"a":1}},"permission":"a:read","resource":{"type":"a","id":"1","properties":{"owner_id":"alice"}},"context":{"ip_address":"10.0.0.1"},"at":"2026-07-01T00:00:00Z","explain":false}""";

    private static readonly Dictionary<string, GoodRequest> All = new(StringComparer.Ordinal)
    {
        ["GET /health/live"] = GoodRequest.At(),
        ["GET /health/ready"] = GoodRequest.At(),
        ["GET /metrics"] = GoodRequest.At(),
        ["GET /openapi/v1.json"] = GoodRequest.At(),
        ["GET /docs"] = GoodRequest.At(),
        ["GET /docs/page.js"] = GoodRequest.At(),
        ["POST /api/v1/tenants"] = new([], """{"id":"fresh","display_name":"Fresh","packs":["standard"],"edition":"teams","settings":{"strict_permissions":false}}"""),
        ["GET /api/v1/tenants"] = new([], Query: "limit=2"),
        ["GET /api/v1/tenants/{id}"] = GoodRequest.At("acme"),
        ["PATCH /api/v1/tenants/{id}"] = new(["acme"], """{"display_name":"Changed","edition":"enterprise","settings":{}}"""),
        ["DELETE /api/v1/tenants/{id}"] = GoodRequest.At("acme"),
        ["POST /api/v1/roles"] = new([], Role),
        ["GET /api/v1/roles"] = new([], Query: "include_built_in=true&limit=2"),
        ["GET /api/v1/roles/{role}"] = GoodRequest.At("clerk"),
        ["PUT /api/v1/roles/{role}"] = new(["clerk"], Role.Replace("\"new\"", "\"clerk\"", StringComparison.Ordinal)),
        ["DELETE /api/v1/roles/{role}"] = new(["clerk"], Query: "force=true"),
        ["GET /api/v1/roles/{role}/hierarchy"] = GoodRequest.At("clerk"),
        ["GET /api/v1/roles/{role}/permissions"] = new(["clerk"], Query: "effective=true"),
        ["POST /api/v1/roles/{role}/permissions"] = new(["clerk"], """{"permission":"new:read"}"""),
        ["GET /api/v1/roles/{role}/permissions/{permission}"] = GoodRequest.At("clerk", "a:read"),
        ["DELETE /api/v1/roles/{role}/permissions/{permission}"] = GoodRequest.At("clerk", "a:read"),
        ["PUT /api/v1/roles/{role}/parents/{parent}"] = new(["reader", "base"], """{"inheritance_type":"conditional","conditions":[{"type":"resource_owner","params":{}}]}"""),
        ["DELETE /api/v1/roles/{role}/parents/{parent}"] = GoodRequest.At("clerk", "base"),
        ["POST /api/v1/roles/{role}/assign"] = new(["clerk"], Assign),
        ["GET /api/v1/roles/{role}/assignments"] = new(["clerk"], Query: "limit=2"),
        ["GET /api/v1/assignments/{id}"] = GoodRequest.At(Assignment),
        ["PATCH /api/v1/assignments/{id}"] = new([Assignment], """{"is_active":true,"starts_at":"2026-01-01T00:00:00Z","expires_at":"2999-01-01T00:00:00Z","conditions":[],"reason":"r","metadata":{"k":1}}"""),
        ["POST /api/v1/roles/{role}/policies"] = new(["clerk"], Policy),
        ["DELETE /api/v1/roles/{role}/policies/{policy}"] = GoodRequest.At("nothing", "of-nothing"),
        ["GET /api/v1/constraints"] = new([], Query: "limit=2"),
        ["POST /api/v1/constraints"] = new([], """{"name":"new","roles":["nothing","reader"],"max":1}"""),
        ["GET /api/v1/constraints/{constraint}"] = GoodRequest.At("kept"),
        ["DELETE /api/v1/constraints/{constraint}"] = GoodRequest.At("kept"),
        ["GET /api/v1/policies"] = new([], Query: "limit=2"),
        ["POST /api/v1/policies"] = new([], Policy),
        ["POST /api/v1/policies/test"] = new([], $$"""{"policy":{{Policy}},"requests":[{"user":"alice","permission":"a:read","expected":"allow"}]}"""),
        ["GET /api/v1/policies/{policy}"] = GoodRequest.At("kept"),
        ["PUT /api/v1/policies/{policy}"] = new(["kept"], """{"name":"Changed","effect":"deny","resources":["zzz"],"priority":-3,"is_active":false}"""),
        ["DELETE /api/v1/policies/{policy}"] = GoodRequest.At("kept"),
        ["GET /api/v1/permissions"] = new([], Query: "q=r&limit=2"),
        ["POST /api/v1/permissions"] = new([], """{"permission":"new:write","description":"d"}"""),
        ["GET /api/v1/permissions/{permission}"] = GoodRequest.At("known:read"),
        ["DELETE /api/v1/permissions/{permission}"] = GoodRequest.At("known:read"),
        ["GET /api/v1/entities/{type}"] = new(["user"], Query: "limit=2"),
        ["GET /api/v1/entities/{type}/{id}"] = GoodRequest.At("user", "alice"),
        ["PUT /api/v1/entities/{type}/{id}"] = new(["user", "alice"], """{"type":"user","id":"alice","properties":{"level":4}}"""),
        ["DELETE /api/v1/entities/{type}/{id}"] = GoodRequest.At("user", "alice"),
        ["GET /api/v1/principals/{type}/{id}/roles"] = new(["service", "robot"], Query: "limit=2"),
        ["GET /api/v1/principals/{type}/{id}/roles/{role}"] = GoodRequest.At("service", "robot", "clerk"),
        ["GET /api/v1/principals/{type}/{id}/permissions"] = GoodRequest.At("service", "robot"),
        ["GET /api/v1/principals/{type}/{id}/teams"] = new(["user", "alice"], Query: "limit=2"),
        ["PUT /api/v1/teams/{team}/members/{type}/{id}"] = GoodRequest.At("crew", "service", "robot"),
        ["DELETE /api/v1/teams/{team}/members/{type}/{id}"] = GoodRequest.At("crew", "user", "carol"),
        ["DELETE /api/v1/roles/{role}/users/{user}"] = GoodRequest.At("clerk", "alice"),
        ["DELETE /api/v1/roles/{role}/teams/{team}"] = GoodRequest.At("clerk", "crew"),
        ["DELETE /api/v1/roles/{role}/principals/{type}/{id}"] = GoodRequest.At("clerk", "service", "robot"),
        ["GET /api/v1/users/{user}/roles"] = new(["alice"], Query: "include_inactive=true&limit=2"),
        ["GET /api/v1/users/{user}/roles/{role}"] = GoodRequest.At("alice", "clerk"),
        ["GET /api/v1/users/{user}/permissions"] = new(["alice"], Query: "at=2026-07-01T00:00:00Z"),
        ["GET /api/v1/roles/{role}/access"] = new(["clerk"], Query: "limit=2&format=json"),
        ["GET /api/v1/users/{user}/access"] = new(["alice"], Query: "at=2026-07-01T00:00:00Z&limit=2"),
        ["GET /api/v1/principals/{type}/{id}/access"] = new(["service", "robot"], Query: "limit=2"),
        ["GET /api/v1/users/{user}/teams"] = new(["alice"], Query: "limit=2"),
        ["PUT /api/v1/teams/{team}/members/{user}"] = GoodRequest.At("crew", "bob"),
        ["DELETE /api/v1/teams/{team}/members/{user}"] = GoodRequest.At("crew", "alice"),
        ["GET /api/v1/teams/{team}/members"] = new(["crew"], Query: "limit=2"),
        ["GET /api/v1/teams/{team}/roles"] = new(["crew"], Query: "limit=2"),
        ["POST /api/v1/role-requests"] = new([], """{"role":"base","user_id":"bob","duration":"PT8H","scope":{"site":"s"},"conditions":[{"type":"attribute_match","params":{"attribute":"resource.state","operator":"eq","expected":"open"}}],"reason":"r","ticket":"t","metadata":{}}"""),
        ["GET /api/v1/role-requests"] = new([], Query: "status=pending&limit=2"),
        ["GET /api/v1/role-requests/{request}"] = GoodRequest.At(Approvable),
        ["POST /api/v1/role-requests/{request}/approve"] = new([Approvable], """{"comment":"fine"}"""),
        ["POST /api/v1/role-requests/{request}/reject"] = new([Rejectable], """{"comment":"no"}"""),
        ["POST /api/v1/role-requests/{request}/cancel"] = new([Cancellable], """{"comment":"no"}"""),
        ["POST /api/v1/api-keys"] = new([], """{"name":"new","roles":["base"],"tenants":["acme"],"permissions":["a:read"],"expires_at":"2999-01-01T00:00:00Z"}"""),
        ["GET /api/v1/api-keys"] = new([], Query: "limit=2"),
        ["GET /api/v1/api-keys/{api_key}"] = GoodRequest.At(ApiKey),
        ["DELETE /api/v1/api-keys/{api_key}"] = GoodRequest.At(ApiKey),
        ["POST /api/v1/api-keys/{api_key}/rotate"] = new([ApiKey], """{"overlap":"PT1H"}"""),
        ["GET /api/v1/audit"] = new([], Query: "limit=2"),
        ["GET /api/v1/audit/verify"] = new([], Query: "from=1"),
        ["GET /api/v1/audit/checkpoint"] = GoodRequest.At(),
        ["GET /api/v1/audit/keys"] = GoodRequest.At(),
        ["GET /api/v1/audit/export"] = new([], Query: "format=csv&action=role.created"),
        ["GET /api/v1/events"] = new([], Query: "from=0&types=role.*&follow=false"),
        ["POST /api/v1/webhooks"] = new([], """{"url":"https://hooks.example.com/authz","events":["role.*","policy.created"],"description":"d","is_active":false}"""),
        ["GET /api/v1/webhooks"] = new([], Query: "limit=2"),
        ["GET /api/v1/webhooks/{webhook}"] = GoodRequest.At(Webhook),
        ["PATCH /api/v1/webhooks/{webhook}"] = new([Webhook], """{"url":"https://hooks.example.com/other","events":[],"is_active":false}"""),
        ["DELETE /api/v1/webhooks/{webhook}"] = GoodRequest.At(Webhook),
        ["POST /api/v1/webhooks/{webhook}/rotate"] = new([Webhook], """{"overlap":"PT1H"}"""),
        ["GET /api/v1/webhooks/{webhook}/dead-letters"] = GoodRequest.At(Webhook),
        ["POST /api/v1/webhooks/{webhook}/replay"] = new([Webhook], Query: "from=0"),
        ["POST /api/v1/import"] = new([], $$"""{"format":"authz","version":1,"roles":[{{Role}}],"team_assignments":[{"principal":{"type":"team","id":"crew"},"role":"clerk"}]}""", "format=authz"),
        ["GET /api/v1/export"] = new([], Query: "format=yaml"),
        ["POST /api/v1/authorization/evaluate"] = new([], Question),
        ["POST /api/v1/authorization/evaluate/batch"] = new([], $$"""{"evaluations":[{{Question}},{{Question}}]}"""),
        ["POST /api/v1/authorization/explain"] = new([], Question),
        ["POST /access/v1/evaluation"] = new([], AuthZen),
        ["POST /access/v1/evaluations"] = new([], $$$"""{"evaluations":[{{{AuthZen}}}],"options":{"evaluations_semantic":"execute_all"}}"""),
        ["POST /access/v1/search/subject"] = new([], """{"subject":{"type":"user"},"action":{"name":"read"},"resource":{"type":"a","id":"1"},"page":{"limit":2}}"""),
        ["POST /access/v1/search/resource"] = new([], """{"subject":{"type":"user","id":"alice"},"action":{"name":"read"},"resource":{"type":"user"},"page":{"limit":2}}"""),
        ["POST /access/v1/search/action"] = new([], """{"subject":{"type":"user","id":"alice"},"resource":{"type":"a","id":"1"},"page":{"limit":2}}"""),
        ["POST /api/v1/search/subject"] = new([], """{"subject":{"type":"user"},"permission":"a:read","resource":{"type":"a","id":"1"},"context":{"x":1},"at":"2026-07-01T00:00:00Z","explain":true,"limit":2}"""),
        ["POST /api/v1/search/resource"] = new([], """{"subject":{"type":"user","id":"alice"},"action":{"name":"read"},"resource":{"type":"user"},"limit":2}"""),
        ["POST /api/v1/search/action"] = new([], """{"subject":{"type":"user","id":"alice"},"resource":{"type":"a","id":"1"},"explain":false,"limit":2}"""),
        ["GET /.well-known/authzen-configuration"] = GoodRequest.At(),
        ["GET /.well-known/authzen-configuration/tenants/{tenant}"] = GoodRequest.At("acme"),
    };

    /// <summary>The good request of an endpoint; null: it has none yet.</summary>
    public static GoodRequest? Of(ApiEndpoint endpoint) => All.GetValueOrDefault($"{endpoint.Method} {endpoint.Pattern}");

    /// <summary>Those that are no endpoint's any more.</summary>
    public static IEnumerable<string> Unused(IEnumerable<ApiEndpoint> endpoints) =>
        All.Keys.Except(endpoints.Select(endpoint => $"{endpoint.Method} {endpoint.Pattern}"), StringComparer.Ordinal);
}
