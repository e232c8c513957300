using AuthzCluster.Client.Tests.Support;

namespace AuthzCluster.Client.Tests.Http;

/// <summary>Each kind of error, as a real server gives it.</summary>
[Collection(ServerCollection.Name)]
public sealed class ErrorTests(ServerFixture server)
{
    private static readonly AccessQuestion Question = new("alice", "a:read");

    [Fact]
    public async Task Validation_OfAServer_NamesTheFields()
    {
        using var clients = await Clients.OfNewTenantAsync(server);

        var refused = await RefusedAsync<ValidationFailedException>(
            clients.Roles.CreateRoleAsync(new RoleBuilder().WithName("clerk").WithPermissions("a", "b:read").Build()), 400, "validation_failed");

        Assert.NotEmpty(Assert.Single(refused.Fields, field => field.Key == "permissions[0]").Value);
        Assert.Equal(32, refused.IdempotencyKey!.Length);
        var asked = await RefusedAsync<ValidationFailedException>(clients.Authorization.EvaluateAsync(new AccessQuestion("team:docs", "a:read")), 400, "validation_failed");
        Assert.Null(asked.IdempotencyKey);
    }

    [Fact]
    public async Task Unauthenticated_OfAWrongKey()
    {
        using var clients = Clients.Of(server, options => options.ApiKey = "wrong");

        await RefusedAsync<UnauthenticatedException>(clients.Authorization.EvaluateAsync(Question), 401, "unauthenticated");
    }

    [Fact]
    public async Task Forbidden_OfWhoMayNot_IsNoAnswer()
    {
        var tenant = (await server.TenantAsync()).Tenant;
        using var clients = Clients.Of(server, options => (options.ApiKey, options.Tenant) = (server.TokenOf("alice", tenant), tenant));

        await RefusedAsync<ForbiddenException>(clients.Authorization.EvaluateAsync(Question with { Subject = "bob" }), 403, "forbidden");
        await RefusedAsync<ForbiddenException>(clients.Authorization.HasRoleAsync("alice", "viewer"), 403, "forbidden");
        await RefusedAsync<ForbiddenException>(clients.Authorization.IsAdminAsync("alice"), 403, "forbidden");
        await RefusedAsync<ForbiddenException>(clients.Roles.GetRoleAsync("viewer"), 403, "forbidden");
        await RefusedAsync<ForbiddenException>(clients.Authorization.ForTenant("default").EvaluateAsync(Question), 403, "forbidden");
        Assert.False((await clients.Authorization.EvaluateAsync(Question)).IsAllowed);
    }

    [Fact]
    public async Task FeatureNotAvailable_OfALowerEdition()
    {
        var api = await server.TenantAsync();
        (await new ApiClient(server.Http, "").PatchAsync($"/api/v1/tenants/{api.Tenant}", new { edition = "core" })).Is(200);
        using var clients = Clients.Of(server, options => options.Tenant = api.Tenant);

        await RefusedAsync<FeatureNotAvailableException>(clients.Roles.GetAllRolesAsync(), 403, "feature_not_available");
    }

    [Fact]
    public async Task Missing_EachKind_HasItsOwn()
    {
        using var clients = await Clients.OfNewTenantAsync(server);

        await RefusedAsync<RoleNotFoundException>(clients.Roles.DeleteRoleAsync("nothing"), 404, "role_not_found");
        await RefusedAsync<AssignmentNotFoundException>(clients.Roles.RevokeRoleAsync("alice", "viewer"), 404, "assignment_not_found");
        await RefusedAsync<TenantNotFoundException>(clients.Authorization.ForTenant("nothing").EvaluateAsync(Question), 404, "tenant_not_found");
        Assert.IsAssignableFrom<NotFoundException>(await Record.ExceptionAsync(() => clients.Roles.DeleteRoleAsync("nothing")));
    }

    [Fact]
    public async Task Conflicts_EachKind_HasItsOwn()
    {
        using var clients = await Clients.OfNewTenantAsync(server);
        var role = await clients.Roles.CreateRoleAsync(new RoleBuilder().WithName("clerk").AssignTo("alice").Build());
        var heir = await clients.Roles.CreateRoleAsync(new RoleBuilder().WithName("heir").Build() with { Parents = [new RoleParent("clerk")] });

        await RefusedAsync<RoleAlreadyExistsException>(clients.Roles.CreateRoleAsync(new RoleBuilder().WithName("clerk").Build()), 409, "role_already_exists");
        await RefusedAsync<RoleInUseException>(clients.Roles.DeleteRoleAsync("clerk"), 409, "role_in_use");
        await RefusedAsync<SystemRoleProtectedException>(clients.Roles.DeleteRoleAsync("viewer"), 409, "system_role_protected");
        await RefusedAsync<VersionConflictException>(clients.Roles.UpdateRoleAsync(role with { Version = 7 }), 412, "precondition_failed");
        await RefusedAsync<HierarchyException>(clients.Roles.UpdateRoleAsync(role with { Parents = [new RoleParent("heir")] }), 409, "circular_hierarchy");
        await RefusedAsync<HierarchyException>(clients.Roles.UpdateRoleAsync(heir with { HierarchyLevel = 1, Parents = [new RoleParent("viewer")] }), 409, "level_inconsistent");
    }

    [Theory]
    [InlineData("invalid_state", typeof(InvalidStateException))]
    [InlineData("version_conflict", typeof(VersionConflictException))]
    [InlineData("policy_not_found", typeof(NotFoundException))]
    [InlineData("parent_inactive", typeof(HierarchyException))]
    [InlineData("payload_too_large", typeof(AuthzException))]
    [InlineData("a_code_of_the_future", typeof(AuthzException))]
    public async Task OtherCodes_AreWhatTheyAre(string code, Type type)
    {
        await using var endpoint = await HttpEndpoint.StartAsync(HttpEndpoint.Problem(409, code, "X-Request-Id: r-17"));
        using var clients = Clients.Of(endpoint.Url);

        var refused = await Record.ExceptionAsync(() => clients.Roles.DeleteRoleAsync("clerk"));

        Assert.Equal(type, refused!.GetType());
        var error = Assert.IsAssignableFrom<AuthzException>(refused);
        Assert.Equal((code, 409, "r-17", "the detail"), (error.Code, error.Status, error.RequestId, error.Message));
        Assert.IsAssignableFrom<InvalidOperationException>(refused);
        Assert.Single(endpoint.Requests);
    }

    [Fact]
    public async Task RateLimited_AndUnavailable_SayWhenToComeBack()
    {
        await using var endpoint = await HttpEndpoint.StartAsync(
            HttpEndpoint.Problem(429, "rate_limited", "Retry-After: 7"), HttpEndpoint.Problem(503, "unavailable", "Retry-After: 9"));
        using var clients = Clients.Of(endpoint.Url, options => options.Retries = 0);

        Assert.Equal(TimeSpan.FromSeconds(7), (await RefusedAsync<RateLimitedException>(clients.Authorization.EvaluateAsync(Question), 429, "rate_limited", isServer: false)).RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(9), (await RefusedAsync<UnavailableException>(clients.Authorization.EvaluateAsync(Question), 503, "unavailable", isServer: false)).RetryAfter);
    }

    private static async Task<T> RefusedAsync<T>(Task call, int status, string code, bool isServer = true) where T : AuthzException
    {
        var refused = await Assert.ThrowsAsync<T>(() => call);
        Assert.Equal((status, code), (refused.Status, refused.Code));
        Assert.NotEmpty(refused.Message);
        Assert.Equal(isServer, refused.RequestId is not null);
        return refused;
    }
}
