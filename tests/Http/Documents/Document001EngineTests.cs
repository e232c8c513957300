using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Documents;

/// <summary>Document 001, file 4: what its engine promises. Its policies (file 3): <see cref="Endpoints.PolicyTests"/>.</summary>
[Collection(ServerCollection.Name)]
public sealed class Document001EngineTests(ServerFixture server)
{
    private const string Roles = "/api/v1/roles", OfAlice = "/api/v1/users/alice/roles";
    private static readonly string[] Customers = ["c1", "c2"];

    [Fact]
    public async Task AssignRole_ThatIsNotThere_IsRefused()
    {
        var api = await server.TenantAsync(["business"]);

        (await api.PostAsync($"{Roles}/nobody/assign", new { user_id = "alice" })).Refused(404, "role_not_found");
        Assert.Empty((await api.GetAsync(OfAlice)).Items);
    }

    [Fact]
    public async Task AssignRole_Again_UpdatesExpiryAndGranter()
    {
        var api = await server.TenantAsync(["business"]);
        var first = await api.AssignAsync("accountant", "alice");
        await api.AssignAsync("super_admin", "boss");

        var again = (await api.As(server.TokenOf("boss", api.Tenant)).PostAsync(
            $"{Roles}/accountant/assign", new { user_id = "alice", expires_at = "2098-01-01T00:00:00Z", granted_by = "somebody" })).Is(200);

        Assert.Equal(first["id"].GetString(), again["id"].GetString());
        Assert.Equal(("service:admin", "user:boss"), (first["granted_by"].GetString(), again["granted_by"].GetString()));
        Assert.True(again["granted_at"].GetDateTimeOffset() >= first["granted_at"].GetDateTimeOffset());
        Assert.Equal("2098-01-01T00:00:00Z", Assert.Single((await api.GetAsync(OfAlice)).Items).GetProperty("expires_at").GetString());
    }

    // A customer of the document is a scope.
    [Fact]
    public async Task AssignRole_ForACustomer_CountsForThatCustomer()
    {
        var api = await WithCustomersAsync();
        async Task<string?> ReasonAsync(object properties) =>
            (await api.AskAsync(new { user = "alice", permission = "payments:create", resource = new { properties } }))["reason"].GetString();

        Assert.Equal(2, (await api.GetAsync(OfAlice)).Items.Count);
        Assert.Equal("granted", await ReasonAsync(new { customer_id = "c1" }));
        Assert.Equal("granted", await ReasonAsync(new { customer_id = "c2" }));
        Assert.Equal("not_in_scope", await ReasonAsync(new { customer_id = "c3" }));
        Assert.Equal("not_in_scope", await ReasonAsync(new { }));
        await api.AssignAsync("accountant", "alice");
        Assert.Equal("granted", await ReasonAsync(new { customer_id = "c3" }));
    }

    [Fact]
    public async Task RevokeRole_OfACustomerEndsOne_WithoutEndsAll()
    {
        var api = await WithCustomersAsync();

        (await api.DeleteAsync($"{Roles}/accountant/users/alice?scope={Uri.EscapeDataString("""{"customer_id":"c1"}""")}")).Is(204);
        Assert.Equal("c2", Assert.Single((await api.GetAsync(OfAlice)).Items).GetProperty("scope").GetProperty("customer_id").GetString());
        await api.AssignAsync("accountant", "alice");
        (await api.DeleteAsync($"{Roles}/accountant/users/alice")).Is(204);
        Assert.Empty((await api.GetAsync(OfAlice)).Items);
        // Nothing to revoke: the document answers false, the contract 404.
        (await api.DeleteAsync($"{Roles}/accountant/users/alice")).Refused(404, "assignment_not_found");
        (await api.DeleteAsync($"{Roles}/accountant/users/nobody")).Refused(404, "assignment_not_found");
    }

    // Over after its instant in the document; the contract: at it.
    [Fact]
    public async Task GetUserRoles_LeavesOutTheExpired()
    {
        var api = await server.TenantAsync(["business"]);
        (await api.PostAsync($"{Roles}/accountant/assign", new { user_id = "alice", expires_at = "2098-01-01T00:00:00Z" })).Is(200);
        (await api.PostAsync($"{Roles}/manager/assign", new { user_id = "alice", expires_at = "2001-01-01T00:00:00Z" })).Is(200);
        async Task<IEnumerable<string?>> RolesAsync(string query) =>
            (await api.GetAsync(OfAlice + query)).Is(200).Items.Select(item => item.GetProperty("role_name").GetString());

        Assert.Equal(["accountant"], await RolesAsync(""));
        Assert.Equal(["accountant"], await RolesAsync("?at=2097-12-31T23:59:59.999999Z"));
        Assert.Empty(await RolesAsync("?at=2098-01-01T00:00:00Z"));
        Assert.Equal(["accountant", "manager"], (await RolesAsync("?include_inactive=true")).Order());
        Assert.Equal("permission_not_granted", await api.ReasonAsync("alice", "projects:create"));
    }

    [Fact]
    public async Task GetUserPermissions_AddsUpRolesAndWhatTheyInherit()
    {
        var api = await server.TenantAsync(["business"]);
        await api.AssignAsync("manager", "alice");
        await api.AssignAsync("guest", "alice");

        Assert.Equal(
            ["customers:create", "customers:read", "customers:update", "invoices:*", "invoices:read", "projects:*", "projects:read", "public:read", "reports:create", "reports:read"],
            (await api.GetAsync("/api/v1/users/alice/permissions")).Is(200).Texts("permissions"));
    }

    [Fact]
    public async Task CheckPermission_TellsWhyAndByWhich()
    {
        var api = await server.TenantAsync(["business"]);
        await api.AssignAsync("accountant", "alice");

        var granted = await api.AskAsync(new { user = "alice", permission = "payments:approve" });
        Assert.Equal(
            (true, "granted", "payments:*", "accountant"),
            (granted["allow"].GetBoolean(), granted["reason"].GetString(), granted["matched_permission"].GetString(), granted["matched_role"].GetString()));
        var denied = await api.AskAsync(new { user = "alice", permission = "users:delete" });
        Assert.Equal((false, "permission_not_granted"), (denied["allow"].GetBoolean(), denied["reason"].GetString()));
        Assert.Equal("no_assignment", await api.ReasonAsync("nobody", "users:delete"));
    }

    // The document keeps an answer for 60 s, whatever its context; the contract keeps none.
    [Fact]
    public async Task CheckPermission_AnswersNothingFromBefore()
    {
        var api = await server.TenantAsync(["business"]);
        await api.AssignAsync("client", "alice");
        async Task<bool> MayAsync(string owner) => (await api.AskAsync(
            new { user = "alice", permission = "invoices:read", resource = new { properties = new { owner_id = owner } } }))["allow"].GetBoolean();

        Assert.Equal((true, false, true), (await MayAsync("alice"), await MayAsync("bob"), await MayAsync("alice")));
        await api.AssignAsync("read_only", "alice");
        Assert.True(await MayAsync("bob"));
        (await api.DeleteAsync($"{Roles}/read_only/users/alice")).Is(204);
        Assert.False(await MayAsync("bob"));
    }

    [Fact]
    public async Task Authorize_TakesResourceActionAndData()
    {
        var api = await server.TenantAsync(["business"]);
        await api.AssignAsync("supplier", "alice");
        async Task<bool> MayAsync(string action, string owner) => (await api.AskAsync(new
        {
            user = "alice",
            action = new { name = action },
            resource = new { type = "invoices", id = "42", properties = new { owner_id = owner } },
            context = new { ip_address = "10.1.2.3" },
        }))["allow"].GetBoolean();

        Assert.Equal((true, true), (await MayAsync("read", "alice"), await MayAsync("create", "alice")));
        Assert.Equal((false, false), (await MayAsync("delete", "alice"), await MayAsync("read", "bob")));
    }

    // Two of the conditions of file 3 are there, on assignments.
    [Theory]
    [InlineData("""[{"type":"resource_owner","params":{}}]""", """{"owner_id":"alice"}""", """{"owner_id":"bob"}""")]
    [InlineData("""[{"type":"attribute_match","params":{"attribute":"resource.amount","operator":"lte","expected":100}}]""", """{"amount":100}""", """{"amount":101}""")]
    public async Task Condition_OfAnAssignment_HasToHold(string conditions, string holds, string fails)
    {
        var api = await server.TenantAsync(["business"]);
        (await api.PostAsync($"{Roles}/accountant/assign", $$"""{"user_id":"alice","conditions":{{conditions}}}""")).Is(200);
        async Task<bool> MayAsync(string properties) => (await api.AskAsync(
            $$$"""{"user":"alice","permission":"invoices:approve","resource":{"properties":{{{properties}}}}}"""))["allow"].GetBoolean();

        Assert.True(await MayAsync(holds));
        Assert.False(await MayAsync(fails));
        Assert.False(await MayAsync("{}"));
    }

    // Whether somebody is an administrator is asked by role: `admin` or `super_admin`.
    [Fact]
    public async Task HasRole_IsTrueWhileItIsHeld()
    {
        var api = await server.TenantAsync(["business"]);
        await api.AssignAsync("admin", "alice");
        (await api.PostAsync($"{Roles}/super_admin/assign", new { user_id = "bob", expires_at = "2001-01-01T00:00:00Z" })).Is(200);

        (await api.GetAsync($"{OfAlice}/admin")).Is(200);
        (await api.GetAsync($"{OfAlice}/super_admin")).Refused(404, "assignment_not_found");
        // Inherited is not held.
        (await api.GetAsync($"{OfAlice}/manager")).Refused(404, "assignment_not_found");
        (await api.GetAsync("/api/v1/users/bob/roles/super_admin")).Refused(404, "assignment_not_found");
        (await api.DeleteAsync($"{Roles}/admin/users/alice")).Is(204);
        (await api.GetAsync($"{OfAlice}/admin")).Refused(404, "assignment_not_found");
    }

    private async Task<ApiClient> WithCustomersAsync()
    {
        var api = await server.TenantAsync(["business"]);
        foreach (var customer_id in Customers)
        {
            (await api.PostAsync($"{Roles}/accountant/assign", new { user_id = "alice", scope = new { customer_id } })).Is(200);
        }
        return api;
    }
}
