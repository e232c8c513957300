using System.Text.Json;
using AuthzCluster.Api.Grpc.V1;
using AuthzCluster.Http.Tests.Support;
using Google.Protobuf.WellKnownTypes;

namespace AuthzCluster.Http.Tests.Grpc;

/// <summary>Roles over gRPC.</summary>
[Collection(ServerCollection.Name)]
public sealed class GrpcRoleTests(ServerFixture server)
{
    private const string Roles = GrpcClient.Roles;

    private async Task<(ApiClient Api, GrpcClient Client)> TenantAsync()
    {
        var api = await server.TenantAsync();
        return (api, new GrpcClient(server.GrpcUrl, server.Key) { Tenant = api.Tenant });
    }

    [Fact]
    public async Task Role_ThroughItsLife_IsWhatRestSays()
    {
        var (api, client) = await TenantAsync();
        using var _ = client;
        var asked = new CreateRoleRequest
        {
            Name = "clerk", Description = "of invoices", Permissions = { "invoices:read" }, HierarchyLevel = 10,
            Metadata = new Struct { Fields = { ["floor"] = Value.ForNumber(3), ["tags"] = Value.ForList(Value.ForString("a"), Value.ForBool(true)) } },
        };

        var made = (await client.CallAsync(Roles + "CreateRole", asked)).One<Role>();
        var read = (await client.CallAsync(Roles + "GetRole", new GetRoleRequest { RoleId = "clerk" })).One<Role>();
        var rest = (await api.GetAsync("/api/v1/roles/clerk")).Is(200);
        var changed = (await client.CallAsync(Roles + "UpdateRole", new UpdateRoleRequest { RoleId = made.Id, Name = "clerk", Permissions = { "invoices:write" }, IfVersion = made.Version })).One<Role>();

        Assert.Equal(made, read);
        Assert.Equal((made.Id, api.Tenant, "of invoices", 10, true), (rest["id"].GetString(), made.TenantId, made.Description, made.HierarchyLevel, made.IsActive));
        Assert.Equal(asked.Metadata, made.Metadata);
        Assert.Equal(rest["created_at"].GetDateTimeOffset(), made.CreatedAt.ToDateTimeOffset());
        Assert.Equal(["invoices:write"], changed.Permissions);
        Assert.Equal((made.Version + 1, false), (changed.Version, changed.HasDescription));
        (await client.CallAsync(Roles + "UpdateRole", new UpdateRoleRequest { RoleId = made.Id, Name = "clerk", IfVersion = made.Version })).Refused(9, "precondition_failed");
        var again = (await client.CallAsync(Roles + "UpdateRole", new UpdateRoleRequest { RoleId = made.Id, Name = "clerk" }, ("if-match", "\"9876\""))).One<Role>();
        (await client.CallAsync(Roles + "DeleteRole", new DeleteRoleRequest { RoleId = made.Id, IfVersion = again.Version })).One<DeleteRoleResponse>();
        (await client.CallAsync(Roles + "GetRole", new GetRoleRequest { RoleId = made.Id })).Refused(5, "role_not_found");
    }

    [Fact]
    public async Task Assign_AgainstAConstraint_TellsTheHolders()
    {
        var (api, client) = await TenantAsync();
        using var _ = client;
        await api.RoleAsync("payer", "invoices:pay");
        await api.RoleAsync("approver", "invoices:approve");
        (await api.PostAsync("/api/v1/constraints", new { id = "apart", name = "apart", roles = new[] { "payer", "approver" }, max = 1 })).Is(201);
        await api.AssignAsync("payer", "alice");

        var refused = (await client.CallAsync(Roles + "AssignRole", new AssignRoleRequest { RoleId = "approver", UserId = "alice" })).Refused(9, "role_conflict");

        var told = (await api.PostAsync("/api/v1/roles/approver/assign", new { user_id = "alice" })).Refused(409, "role_conflict");
        Assert.Equal("1", refused.Metadata["holders_total"]);
        Assert.True(JsonElement.DeepEquals(told["holders"], JsonDocument.Parse(refused.Metadata["holders"]).RootElement), refused.Metadata["holders"]);
    }

    [Fact]
    public async Task Role_WithParentsConditionsAndPolicies_KeepsThem()
    {
        var (api, client) = await TenantAsync();
        using var _ = client;
        await api.RoleAsync("reader", "invoices:read");
        var condition = new Condition { Type = "attribute_match", Params = new Struct { Fields = { ["attribute"] = Value.ForString("x"), ["operator"] = Value.ForString("eq"), ["expected"] = Value.ForNumber(1.5) } } };
        var asked = new CreateRoleRequest
        {
            Name = "clerk", Parents = { new ParentRole { RoleId = "reader", InheritanceType = "conditional", Conditions = { condition } } },
            Policies = { new Policy { Name = "not now", Effect = "deny", Resources = { "invoices" }, Conditions = { condition } } },
        };

        var made = (await client.CallAsync(Roles + "CreateRole", asked)).One<Role>();
        var hierarchy = (await client.CallAsync(Roles + "GetRoleHierarchy", new GetRoleHierarchyRequest { RoleId = "clerk" })).One<GetRoleHierarchyResponse>();

        Assert.Equal(("conditional", condition), (made.Parents[0].InheritanceType, made.Parents[0].Conditions[0]));
        Assert.Equal(("not now", "deny", condition), (made.Policies[0].Name, made.Policies[0].Effect, made.Policies[0].Conditions[0]));
        Assert.Equal(("reader", 1, "conditional"), (hierarchy.Ancestors[0].Name, hierarchy.Ancestors[0].Depth, hierarchy.Ancestors[0].InheritanceType));
        Assert.Empty(hierarchy.Descendants);
    }

    [Fact]
    public async Task Assignment_GivenListedAndTakenBack_CountsMeanwhile()
    {
        var (api, client) = await TenantAsync();
        using var _ = client;
        await api.RoleAsync("clerk", "invoices:read");
        var scope = new Struct { Fields = { ["project"] = Value.ForString("p1") } };
        var until = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddYears(100));

        var given = (await client.CallAsync(Roles + "AssignRole", new AssignRoleRequest { RoleId = "clerk", UserId = "alice/and bob", Scope = scope, ExpiresAt = until, Reason = "work" })).One<Assignment>();
        var held = (await client.CallAsync(Roles + "GetUserRoles", new GetUserRolesRequest { UserId = "alice/and bob" })).One<GetUserRolesResponse>();

        Assert.Equal(("clerk", "active", "work", scope, until), (given.RoleName, given.Status, given.Reason, given.Scope, given.ExpiresAt));
        Assert.Equal(given, Assert.Single(held.Items));
        (await client.CallAsync(Roles + "RevokeRole", new RevokeRoleRequest { RoleId = "clerk", UserId = "alice/and bob", Scope = new Struct { Fields = { ["project"] = Value.ForString("p2") } } })).Refused(5, "assignment_not_found");
        (await client.CallAsync(Roles + "RevokeRole", new RevokeRoleRequest { RoleId = "clerk", Principal = new Principal { Type = "user", Id = "alice/and bob" }, Scope = scope })).One<RevokeRoleResponse>();
        (await client.CallAsync(Roles + "RevokeRole", new RevokeRoleRequest { RoleId = "clerk", UserId = "alice/and bob" })).Refused(5, "assignment_not_found");
        Assert.Empty((await client.CallAsync(Roles + "GetUserRoles", new GetUserRolesRequest { UserId = "alice/and bob" })).One<GetUserRolesResponse>().Items);
    }

    [Fact]
    public async Task GetUserRoles_OfSeveral_ComesInPages()
    {
        var (api, client) = await TenantAsync();
        using var _ = client;
        for (var i = 0; i < 3; i++)
        {
            await api.RoleAsync($"r{i}", "a:b");
            await api.AssignAsync($"r{i}", "alice");
        }
        var seen = new List<string>();
        var asked = new GetUserRolesRequest { UserId = "alice", Limit = 2 };
        while (true)
        {
            var page = (await client.CallAsync(Roles + "GetUserRoles", asked)).One<GetUserRolesResponse>();
            seen.AddRange(page.Items.Select(item => item.RoleName));
            if (!page.HasNextPageToken)
            {
                break;
            }
            asked.PageToken = page.NextPageToken;
        }

        Assert.Equal(["r0", "r1", "r2"], seen.Order());
        (await client.CallAsync(Roles + "GetUserRoles", new GetUserRolesRequest { UserId = "bob", Limit = 2, PageToken = asked.PageToken })).Refused(3, "validation_failed", "page_token");
    }

    [Fact]
    public async Task Write_Refused_HasItsStatusAndCode()
    {
        var (api, client) = await TenantAsync();
        using var _ = client;
        await api.RoleAsync("clerk", "a:b");
        await api.AssignAsync("clerk", "alice");

        (await client.CallAsync(Roles + "CreateRole", new CreateRoleRequest { Name = "clerk" })).Refused(6, "role_already_exists");
        (await client.CallAsync(Roles + "CreateRole", new CreateRoleRequest { Permissions = { "nonsense" } })).Refused(3, "validation_failed", "name");
        (await client.CallAsync(Roles + "DeleteRole", new DeleteRoleRequest { RoleId = "clerk" })).Refused(9, "role_in_use");
        (await client.CallAsync(Roles + "DeleteRole", new DeleteRoleRequest { RoleId = "role_viewer" })).Refused(9, "system_role_protected");
        (await client.CallAsync(Roles + "GetRole", new GetRoleRequest())).Refused(3, "validation_failed", "role_id");
        (await client.CallAsync(Roles + "GetUserRoles", new GetUserRolesRequest())).Refused(3, "validation_failed", "user_id");
        (await client.CallAsync(Roles + "CreateRole", new CreateRoleRequest { Name = "n", Metadata = new Struct { Fields = { ["n"] = Value.ForNumber(double.NaN) } } })).Refused(3, "validation_failed", "metadata");
        (await client.CallAsync(Roles + "DeleteRole", new DeleteRoleRequest { RoleId = "clerk", Force = true })).One<DeleteRoleResponse>();
    }

    [Fact]
    public async Task Write_WithAFieldThatIsNotKnown_ChangesNothing()
    {
        var (api, client) = await TenantAsync();
        using var _ = client;
        var message = Google.Protobuf.MessageExtensions.ToByteArray(new CreateRoleRequest { Name = "clerk" });

        (await client.SendBytesAsync(Roles + "CreateRole", GrpcClient.Frame([.. message, 0xFA, 0x3F, 0x01, 0x61]))).Refused(3, "validation_failed", "message");
        (await api.GetAsync("/api/v1/roles/clerk")).Refused(404, "role_not_found");
    }

    [Fact]
    public async Task Write_WithoutTheRight_IsRefusedAndRecorded()
    {
        var api = await server.TenantAsync();
        using var client = new GrpcClient(server.GrpcUrl, server.TokenOf("mallory", api.Tenant)) { Tenant = api.Tenant };

        (await client.CallAsync(Roles + "CreateRole", new CreateRoleRequest { Name = "clerk" }, ("x-request-id", "try-1"))).Refused(7, "forbidden");

        var records = (await api.GetAsync("/api/v1/audit?action=access.refused")).Is(200).Items;
        Assert.Contains(records, record => record.GetProperty("request_id").GetString() == "try-1" && record.GetProperty("actor").GetString() == "user:mallory");
    }

    [Fact]
    public async Task Write_RepeatedWithItsKey_IsDoneOnce()
    {
        var (_, client) = await TenantAsync();
        using var disposed = client;
        var asked = new CreateRoleRequest { Name = "clerk", Permissions = { "a:b" } };

        var first = await client.CallAsync(Roles + "CreateRole", asked, ("idempotency-key", "k1"));
        var again = await client.CallAsync(Roles + "CreateRole", asked, ("idempotency-key", "k1"));

        Assert.Equal(first.One<Role>(), again.One<Role>());
        Assert.Equal("true", again.Headers["idempotency-replayed"]);
        (await client.CallAsync(Roles + "CreateRole", new CreateRoleRequest { Name = "other" }, ("idempotency-key", "k1"))).Refused(9, "invalid_state");
        (await client.CallAsync(Roles + "CreateRole", asked)).Refused(6, "role_already_exists");
    }

    [Fact]
    public async Task CreateRole_OfTwentyThousandPermissions_Fits()
    {
        var (_, client) = await TenantAsync();
        using var disposed = client;
        var asked = new CreateRoleRequest { Name = "all", Permissions = { Enumerable.Range(0, 20_000).Select(i => $"resource{i}:read") } };

        Assert.Equal(20_000, (await client.CallAsync(Roles + "CreateRole", asked)).One<Role>().Permissions.Count);
    }
}
