using System.Text.Json;
using System.Text.Json.Nodes;
using AuthzCluster.Client.Contract.Hosting;

namespace AuthzCluster.Client.Contract.Suites;

public abstract class RoleSuite(ITransport transport) : ClientSuite(transport)
{
    private static readonly Condition InEurope =
        new("attribute_match", new JsonObject { ["attribute"] = "region", ["operator"] = "eq", ["expected"] = "eu" });

    private static readonly DateTimeOffset Later = new(2098, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Create_RoleWithEverything_IsReadBackWhole()
    {
        using var clients = await OfNewTenantAsync();
        var role = new RoleBuilder().WithId("clerk-1").WithName("clerk").WithDescription("posts").WithType("desk")
            .WithPermissions("invoices:read", "invoices:post").Build() with
            {
                DisplayName = "The clerk",
                Parents =
                [
                    new RoleParent("viewer") { InheritanceType = "partial", Permissions = ["invoices:list"] },
                    new RoleParent("user_manager") { InheritanceType = "conditional", Conditions = [InEurope] },
                ],
                HierarchyLevel = 77,
                IsActive = false,
                Metadata = new JsonObject { ["cost_center"] = 42, ["tags"] = new JsonArray("a", "b") },
            };

        var created = await clients.Roles.CreateRoleAsync(role);
        var read = await clients.Roles.GetRoleAsync("clerk-1");

        Assert.Contains("invoices:list", Assert.Single(created.Warnings), StringComparison.Ordinal);
        Same(created with { Warnings = [] }, read);
        Assert.Equal(("clerk-1", "clerk", "The clerk", "posts", "desk"), (read!.RoleId, read.Name, read.DisplayName, read.Description, read.Type));
        Assert.Equal(["invoices:post", "invoices:read"], read.Permissions.Order());
        Assert.Equal((77, false, false, 1L, 0L), (read.HierarchyLevel, read.IsActive, read.IsBuiltIn, read.Version, read.UserCount));
        Assert.Equal("""{"cost_center":42,"tags":["a","b"]}""", read.Metadata!.ToJsonString());
        Assert.Equal(["conditional", "partial"], read.Parents.Select(parent => parent.InheritanceType).Order());
        Assert.Equal(["invoices:list"], read.Parents.Single(parent => parent.RoleId == "role_viewer").Permissions);
        var condition = Assert.Single(read.Parents.Single(parent => parent.RoleId == "role_user_manager").Conditions);
        Assert.Equal(("attribute_match", true), (condition.Type, JsonNode.DeepEquals(InEurope.Params, condition.Params)));
        Assert.True(read.CreatedAt > DateTimeOffset.UnixEpoch && read.UpdatedAt >= read.CreatedAt);
    }

    [Fact]
    public async Task Create_WithAssignedTo_GivesTheRoleAtOnce()
    {
        using var clients = await OfNewTenantAsync();

        await clients.Roles.CreateRoleAsync(new RoleBuilder().WithName("clerk").AssignTo("alice").AssignTo(Principal.Team("docs")).Build());

        var holders = await clients.Roles.GetRoleAssignmentsAsync("clerk");
        Assert.Equal(["team:docs", "user:alice"], holders.Select(holder => holder.Principal.ToString()).Order());
    }

    [Fact]
    public async Task Get_ByIdAndByName_FindsOrIsNull()
    {
        using var clients = await OfNewTenantAsync();
        await clients.Roles.CreateRoleAsync(new RoleBuilder().WithId("r1").WithName("clerk").Build());

        Assert.Equal("clerk", (await clients.Roles.GetRoleAsync("r1"))!.Name);
        Assert.Equal("r1", (await clients.Roles.GetRoleAsync("clerk"))!.RoleId);
        Assert.Equal("r1", (await clients.Roles.GetRoleByNameAsync("clerk"))!.RoleId);
        Assert.True((await clients.Roles.GetRoleByNameAsync("viewer"))!.IsBuiltIn);
        Assert.Null(await clients.Roles.GetRoleAsync("nothing"));
        Assert.Null(await clients.Roles.GetRoleByNameAsync("r1"));
        Assert.Null(await clients.Roles.GetRoleByNameAsync("Clerk"));
    }

    [Fact]
    public async Task Update_RoleThatWasRead_ChangesThatOnly_AndOnlyOnce()
    {
        using var clients = await OfNewTenantAsync();
        var made = await clients.Roles.CreateRoleAsync(
            new RoleBuilder().WithName("clerk").GrantPermission("a:read").Build() with { Parents = [new RoleParent("viewer")] });

        var updated = await clients.Roles.UpdateRoleAsync(RoleBuilder.From(made).GrantPermission("b:read").RevokePermission("a:read").Build());

        Assert.Equal(2, updated.Version);
        Assert.Equal(["b:read"], updated.Permissions);
        Assert.Equal("role_viewer", Assert.Single(updated.Parents).RoleId);
        var lost = await Assert.ThrowsAsync<VersionConflictException>(() => clients.Roles.UpdateRoleAsync(made with { Description = "older" }));
        Assert.Equal(("precondition_failed", 412), (lost.Code, lost.Status));
        Assert.Null((await clients.Roles.GetRoleAsync("clerk"))!.Description);
        Assert.Equal("mine", (await clients.Roles.UpdateRoleAsync(made with { Description = "mine", Version = null })).Description);
    }

    [Fact]
    public async Task Delete_RoleInUse_NeedsForce()
    {
        using var clients = await OfNewTenantAsync();
        await clients.Roles.CreateRoleAsync(new RoleBuilder().WithName("clerk").AssignTo("alice").Build());

        Assert.Equal(409, (await Assert.ThrowsAsync<RoleInUseException>(() => clients.Roles.DeleteRoleAsync("clerk"))).Status);
        await clients.Roles.DeleteRoleAsync("clerk", force: true);

        Assert.Null(await clients.Roles.GetRoleAsync("clerk"));
        Assert.Empty(await clients.Roles.GetPrincipalRolesAsync("alice"));
    }

    [Fact]
    public async Task Assign_GrantWithEverything_IsReadBackWhole()
    {
        using var clients = await OfNewTenantAsync();
        var grant = new RoleGrant(new Principal("robot", "r2"), "viewer")
        {
            StartsAt = Later,
            ExpiresAt = Later.AddMonths(1),
            Scope = new JsonObject { ["region"] = "eu", ["deep"] = new JsonObject { ["x"] = 1.5, ["y"] = true } },
            Conditions = [InEurope],
            Reason = "season",
            Metadata = new JsonObject { ["ticket"] = "T-1" },
        };

        var made = await clients.Roles.AssignRoleAsync(grant);
        var read = Assert.Single(await clients.Roles.GetRoleAssignmentsAsync("viewer"));

        Same(made, read);
        Assert.Equal((new Principal("robot", "r2"), "role_viewer", "viewer"), (read.Principal, read.RoleId, read.RoleName));
        Assert.Equal((Later, Later.AddMonths(1), "scheduled", false), (read.StartsAt, read.ExpiresAt, read.Status, read.IsActive));
        Assert.True(JsonNode.DeepEquals(grant.Scope, read.Scope));
        Assert.True(JsonNode.DeepEquals(InEurope.Params, Assert.Single(read.Conditions).Params));
        Assert.Equal(("season", """{"ticket":"T-1"}""", "service:admin"), (read.Reason, read.Metadata.ToJsonString(), read.GrantedBy));
        Assert.True(read.GrantedAt > DateTimeOffset.UnixEpoch);
        Assert.NotEmpty(read.AssignmentId);
    }

    [Fact]
    public async Task Revoke_OfOneScope_LeavesTheOthers_AndWithoutTakesAll()
    {
        using var clients = await OfNewTenantAsync();
        foreach (var region in new[] { "eu", "us", "a b&c=%2F/ü" })
        {
            await clients.Roles.AssignRoleAsync(new RoleGrant("alice", "viewer") { Scope = new JsonObject { ["region"] = region } });
        }

        await clients.Roles.RevokeRoleAsync("alice", "viewer", new JsonObject { ["region"] = "a b&c=%2F/ü" });
        Assert.Equal(["eu", "us"], (await clients.Roles.GetRoleAssignmentsAsync("viewer")).Select(assignment => (string?)assignment.Scope["region"]).Order());
        await clients.Roles.RevokeRoleAsync("alice", "viewer");

        Assert.Empty(await clients.Roles.GetRoleAssignmentsAsync("viewer"));
        await Assert.ThrowsAsync<AssignmentNotFoundException>(() => clients.Roles.RevokeRoleAsync("alice", "viewer"));
    }

    [Fact]
    public async Task PrincipalRoles_OfOneWithSeveral_AreThoseInForceNow_EachOnce()
    {
        using var clients = await OfNewTenantAsync();
        var ids = Enumerable.Range(0, 20).Select(i => $"r{i}").ToList();
        foreach (var id in ids)
        {
            await clients.Roles.CreateRoleAsync(new RoleBuilder().WithId(id).WithName($"role {id}").AssignTo("alice").Build());
        }
        await clients.Roles.AssignRoleAsync(new RoleGrant("alice", "r0") { Scope = new JsonObject { ["region"] = "eu" } });
        await clients.Roles.AssignRoleAsync(new RoleGrant("alice", "viewer") { StartsAt = Later });
        await clients.Roles.AssignRoleAsync("alice", "user_manager", expiresAt: new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero));

        var roles = await clients.Roles.GetPrincipalRolesAsync("alice");

        Assert.Equal(ids.Order(), roles.Select(role => role.RoleId).Order());
        Assert.All(roles, role => Assert.Equal($"role {role.RoleId}", role.Name));
        Assert.Empty(await clients.Roles.GetPrincipalRolesAsync("service:alice"));
    }

    [Fact]
    public async Task Lists_LongerThanAPage_AreReadToTheEnd()
    {
        using var clients = await OfNewTenantAsync();
        var names = Enumerable.Range(0, 2345).Select(i => $"roles/many.r{i:0000}").ToList();
        await Transport.ImportAsync(clients.Tenant, names, holders: 1234);

        Assert.Equal(names, (await clients.Roles.GetAllRolesAsync(includeBuiltIn: false)).Select(role => role.Name).Order(StringComparer.Ordinal));
        Assert.Equal(1234, (await clients.Roles.GetRoleAssignmentsAsync(names[0])).Select(holder => holder.Principal).Distinct().Count());
    }

    [Fact]
    public async Task MissingRole_IsAnErrorOfAllButGet()
    {
        using var clients = await OfNewTenantAsync();
        var role = new RoleBuilder().WithId("nothing").WithName("nothing").Build();

        await Assert.ThrowsAsync<RoleNotFoundException>(() => clients.Roles.UpdateRoleAsync(role));
        await Assert.ThrowsAsync<RoleNotFoundException>(() => clients.Roles.DeleteRoleAsync("nothing"));
        await Assert.ThrowsAsync<RoleNotFoundException>(() => clients.Roles.AssignRoleAsync("alice", "nothing"));
        await Assert.ThrowsAsync<RoleNotFoundException>(() => clients.Roles.RevokeRoleAsync("alice", "nothing"));
        await Assert.ThrowsAsync<RoleNotFoundException>(() => clients.Roles.GetRoleAssignmentsAsync("nothing"));
        await Assert.ThrowsAsync<RoleNotFoundException>(() => clients.Authorization.HasRoleAsync("alice", "nothing"));
    }

    [Fact]
    public async Task InvalidateCache_ThenRead_AnswersWhatIsThere()
    {
        using var clients = await OfNewTenantAsync();
        var made = await clients.Roles.CreateRoleAsync(new RoleBuilder().WithName("clerk").Build());

        await clients.Roles.InvalidateRoleCacheAsync(made.RoleId);
        await clients.Roles.InvalidateRoleCacheAsync();

        Same(made, await clients.Roles.GetRoleAsync(made.RoleId));
    }

    [Fact]
    public async Task ForTenant_OfSeveralTenants_KeepsThemApart()
    {
        using var clients = await OfNewTenantAsync();
        var other = clients.Roles.ForTenant(await Transport.MakeTenantAsync(null, "standard"));

        await other.CreateRoleAsync(new RoleBuilder().WithName("clerk").Build());

        Assert.NotNull(await other.GetRoleAsync("clerk"));
        Assert.Null(await clients.Roles.GetRoleAsync("clerk"));
        await Assert.ThrowsAsync<TenantNotFoundException>(() => other.ForTenant("not-there").GetAllRolesAsync());
        Assert.Throws<ValidationFailedException>(() => other.ForTenant(".."));
    }

    private static void Same<T>(T expected, T actual) => Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(actual));
}
