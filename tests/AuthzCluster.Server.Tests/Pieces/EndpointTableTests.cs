using AuthzCluster.Actors.Doors;
using AuthzCluster.Api.Endpoints;
using AuthzCluster.Api.Grpc;
using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Server.Tests.Pieces;

public sealed class EndpointTableTests
{
    [Fact]
    public void All_BesidesHealthMetadataAndDocs_NeedACredential() =>
        Assert.Equal(
            ["/health/live", "/health/ready", "/openapi/v1.json", "/docs", "/docs/page.js", "/.well-known/authzen-configuration", "/.well-known/authzen-configuration/tenants/{tenant}"],
            ApiEndpoints.All.Where(endpoint => endpoint.IsOpen).Select(endpoint => endpoint.Pattern));

    [Fact]
    public void Calls_BesidesHealthAndRoles_NeedACredentialAtTheDoor() =>
        // Of roles it is the request that is made of a call that shows it.
        Assert.Equal(
            ["/authz.v1.AuthorizationService/Evaluate", "/authz.v1.AuthorizationService/EvaluateBatch", "/authz.v1.AuthorizationService/EvaluateStream",
                "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"],
            GrpcMethods.All.Where(method => !method.IsOpen).Select(method => method.Pattern));

    [Fact]
    public void Statuses_OfEveryCode_AreGiven() =>
        Assert.All(Enum.GetValues<ErrorCode>(), code => Assert.NotEqual(2, StatusTable.CodeOf(ErrorTable.Of(code).Code)));

    [Fact]
    public void All_Lists_TakeLimitAndToken() =>
        Assert.All(ApiEndpoints.All.Where(endpoint => endpoint.Query.Contains("limit")), endpoint => Assert.Contains("page_token", endpoint.Query));

    [Fact]
    public void All_Rights_AreRegisteredPermissions()
    {
        var registry = TenantEditor.Create(TenantId.Default, new TenantPatch(), DateTimeOffset.UnixEpoch).Value!.Model.Registry;
        var rights = typeof(Rights).GetFields().Select(field => (Permission)field.GetValue(null)!).Concat(ApiEndpoints.All.Select(endpoint => endpoint.Right).OfType<Permission>());
        Assert.All(rights, right => Assert.NotNull(registry.Find(right)));
    }

    [Fact]
    public void All_Features_FollowTheKindOfThing() => Assert.All(ApiEndpoints.All, endpoint => Assert.Equal(FeatureOf(endpoint), endpoint.Feature));

    // What an endpoint of a new kind needs is to be said here too.
    private static Feature FeatureOf(ApiEndpoint endpoint)
    {
        var isWrite = endpoint.Method != "GET";
        var parts = endpoint.Pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return (parts[0] == "api" ? parts[2] : parts[0], parts.ElementAtOrDefault(4)) switch
        {
            (".well-known" or "access" or "health" or "metrics" or "openapi" or "docs" or "tenants" or "authorization" or "search", _) => Feature.Always,
            ("audit" or "import" or "entities" or "api-keys" or "events" or "webhooks", _) => Feature.Always,
            ("users" or "principals", _) when parts[^1] is "permissions" or "access" => Feature.Always,
            ("permissions", _) => isWrite ? Feature.CustomRoles : Feature.Always,
            ("constraints", _) => Feature.Constraints,
            ("policies", _) or ("roles", "policies") => Feature.Policies,
            ("roles", "assign" or "assignments" or "users" or "teams" or "principals") => Feature.BuiltInRoles,
            ("roles", _) => isWrite ? Feature.CustomRoles : Feature.BuiltInRoles,
            ("users" or "principals" or "assignments" or "teams" or "export" or "role-requests", _) => Feature.BuiltInRoles,
            _ => throw new InvalidOperationException($"{endpoint.Method} {endpoint.Pattern} is of no known kind"),
        };
    }
}
