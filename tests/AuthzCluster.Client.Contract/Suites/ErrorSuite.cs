using AuthzCluster.Client.Contract.Hosting;

namespace AuthzCluster.Client.Contract.Suites;

/// <summary>Each kind of error, as a real service gives it.</summary>
public abstract class ErrorSuite(ITransport transport) : ClientSuite(transport)
{
    private static readonly AccessQuestion Question = new("alice", "a:read");

    [Fact]
    public async Task Validation_OfARole_NamesTheFields()
    {
        using var clients = await OfNewTenantAsync();

        var refused = await RefusedAsync<ValidationFailedException>(
            clients.Roles.CreateRoleAsync(new RoleBuilder().WithName("clerk").WithPermissions("a", "b:read").Build()), 400, "validation_failed");

        Assert.NotEmpty(Assert.Single(refused.Fields, field => field.Key == "permissions[0]").Value);
        Assert.Equal(32, refused.IdempotencyKey!.Length);
        Assert.NotNull(refused.RequestId);
    }

    [Fact]
    public async Task Validation_OfAQuestion_NamesTheField()
    {
        using var clients = await OfNewTenantAsync();

        await InvalidAsync("subject.type", Question with { Subject = "team:docs" });
        await InvalidAsync("permission", Question with { Permission = "a" });
        await InvalidAsync("permission", Question with { Permission = "a:read:everywhere" });
        await InvalidAsync("resource.id", Question with { Resource = new AccessResource("a", "") });
        await InvalidAsync("resource.type", Question with { Resource = new AccessResource("\n") });

        async Task InvalidAsync(string field, AccessQuestion question)
        {
            var one = await RefusedAsync<ValidationFailedException>(clients.Authorization.EvaluateAsync(question), 400, "validation_failed");
            Assert.Equal((field, null), (Assert.Single(one.Fields.Keys), one.IdempotencyKey));
            var ofMany = await Assert.ThrowsAsync<ValidationFailedException>(() => clients.Authorization.EvaluateBatchAsync([Question, question]));
            Assert.Equal($"evaluations[1].{field}", Assert.Single(ofMany.Fields.Keys));
        }
    }

    [Fact]
    public async Task Validation_OfARolesParts_NamesEach()
    {
        using var clients = await OfNewTenantAsync();
        var role = new Role { RoleId = "r", Name = "clerk" };

        await InvalidAsync("name", role with { Name = " " });
        await InvalidAsync("display_name", role with { DisplayName = " " });
        await InvalidAsync("parents[1].role_id", role with { Parents = [new RoleParent("viewer"), new RoleParent(" ")] });
        await InvalidAsync("parents[0].role_id", role with { Parents = [new RoleParent("nothing")] });
        await InvalidAsync("parents[0].inheritance_type", role with { Parents = [new RoleParent("viewer") { InheritanceType = "half" }] });
        await InvalidAsync("hierarchy_level", role with { HierarchyLevel = 101 });

        async Task InvalidAsync(string field, Role made) =>
            Assert.Contains(field, (await Assert.ThrowsAsync<ValidationFailedException>(() => clients.Roles.CreateRoleAsync(made))).Fields.Keys);
    }

    [Fact]
    public async Task Unauthenticated_OfAWrongKey()
    {
        using var clients = Transport.Of("default", "wrong");

        await RefusedAsync<UnauthenticatedException>(clients.Authorization.EvaluateAsync(Question), 401, "unauthenticated");
        await RefusedAsync<UnauthenticatedException>(clients.Roles.DeleteRoleAsync("viewer"), 401, "unauthenticated");
    }

    [Fact]
    public async Task FeatureNotAvailable_OfALowerEdition()
    {
        using var clients = await OfNewTenantAsync();
        await Transport.SetEditionAsync(clients.Tenant, "writer_pro");
        await RefusedAsync<FeatureNotAvailableException>(clients.Roles.CreateRoleAsync(new RoleBuilder().WithName("clerk").Build()), 403, "feature_not_available");
        Assert.NotEmpty(await clients.Roles.GetAllRolesAsync());

        await Transport.SetEditionAsync(clients.Tenant, "core");
        await RefusedAsync<FeatureNotAvailableException>(clients.Roles.GetAllRolesAsync(), 403, "feature_not_available");
        await RefusedAsync<FeatureNotAvailableException>(clients.Roles.AssignRoleAsync("alice", "viewer"), 403, "feature_not_available");
        Assert.False((await clients.Authorization.EvaluateAsync(Question)).IsAllowed);
    }

    [Fact]
    public async Task Missing_EachKind_HasItsOwn()
    {
        using var clients = await OfNewTenantAsync();

        await RefusedAsync<RoleNotFoundException>(clients.Roles.DeleteRoleAsync("nothing"), 404, "role_not_found");
        await RefusedAsync<AssignmentNotFoundException>(clients.Roles.RevokeRoleAsync("alice", "viewer"), 404, "assignment_not_found");
        await RefusedAsync<TenantNotFoundException>(clients.Authorization.ForTenant("nothing").EvaluateAsync(Question), 404, "tenant_not_found");
        await RefusedAsync<TenantNotFoundException>(clients.Authorization.ForTenant("nothing").EvaluateBatchAsync([]), 404, "tenant_not_found");
        Assert.IsAssignableFrom<NotFoundException>(await Record.ExceptionAsync(() => clients.Roles.DeleteRoleAsync("nothing")));
    }

    [Fact]
    public async Task Conflicts_EachKind_HasItsOwn()
    {
        using var clients = await OfNewTenantAsync();
        var role = await clients.Roles.CreateRoleAsync(new RoleBuilder().WithName("clerk").AssignTo("alice").Build());
        var heir = await clients.Roles.CreateRoleAsync(new RoleBuilder().WithName("heir").Build() with { Parents = [new RoleParent("clerk")] });

        await RefusedAsync<RoleAlreadyExistsException>(clients.Roles.CreateRoleAsync(new RoleBuilder().WithName("clerk").Build()), 409, "role_already_exists");
        await RefusedAsync<RoleInUseException>(clients.Roles.DeleteRoleAsync("clerk"), 409, "role_in_use");
        await RefusedAsync<SystemRoleProtectedException>(clients.Roles.DeleteRoleAsync("viewer"), 409, "system_role_protected");
        await RefusedAsync<VersionConflictException>(clients.Roles.UpdateRoleAsync(role with { Version = 7 }), 412, "precondition_failed");
        await RefusedAsync<HierarchyException>(clients.Roles.UpdateRoleAsync(role with { Parents = [new RoleParent("heir")] }), 409, "circular_hierarchy");
        await RefusedAsync<HierarchyException>(clients.Roles.UpdateRoleAsync(heir with { HierarchyLevel = 1, Parents = [new RoleParent("viewer")] }), 409, "level_inconsistent");
    }

    [Fact]
    public async Task TooLarge_OfARole_IsRefusedAndNotMade()
    {
        using var clients = await OfNewTenantAsync();
        var role = new RoleBuilder().WithName("clerk").WithDescription(new string('x', 4 * 1024 * 1024)).Build();

        await RefusedAsync<AuthzException>(clients.Roles.CreateRoleAsync(role), 413, "payload_too_large");
        Assert.Null(await clients.Roles.GetRoleAsync("clerk"));
    }

    [Fact]
    public async Task Cancelled_BeforeItBegins_IsACancellation()
    {
        using var clients = await OfNewTenantAsync();
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => clients.Authorization.EvaluateAsync(Question, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => clients.Roles.AssignRoleAsync("alice", "viewer", cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => clients.Roles.InvalidateRoleCacheAsync(cancellationToken: cancelled));
        Assert.Empty(await clients.Roles.GetRoleAssignmentsAsync("viewer"));
    }

    private static async Task<T> RefusedAsync<T>(Task call, int status, string code) where T : AuthzException
    {
        var refused = await Assert.ThrowsAsync<T>(() => call);
        Assert.Equal((status, code), (refused.Status, refused.Code));
        Assert.NotEmpty(refused.Message);
        return refused;
    }
}
