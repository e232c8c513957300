using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Documents;

/// <summary>Document 001, file 1: the nine system roles and what its role manager does. Levels are not the document's.</summary>
[Collection(ServerCollection.Name)]
public sealed class Document001RoleTests(ServerFixture server)
{
    private const string Roles = "/api/v1/roles";

    /// <summary>Name, display name, the role that it inherits from, its own permissions, and all that it allows where nobody owns the resource.</summary>
    public static TheoryData<string, string, string?, string, string> Nine => new()
    {
        { "super_admin", "Super Administrator", "admin", "*", "*" },
        {
            "admin", "Administrator", "manager",
            "users:* customers:* invoices:* projects:* reports:* settings:read settings:update audit:read",
            "users:* customers:* invoices:* projects:* reports:* settings:read settings:update audit:read"
        },
        {
            "manager", "Manager", "read_only",
            "customers:read customers:create customers:update invoices:* projects:* reports:read reports:create",
            "customers:read customers:create customers:update invoices:* projects:* reports:read reports:create"
        },
        {
            "accountant", "Accountant", "read_only",
            "invoices:* payments:* expenses:* reports:read reports:create customers:read projects:read transactions:*",
            "invoices:* payments:* expenses:* reports:read reports:create customers:read projects:read transactions:*"
        },
        {
            "project_manager", "Project Manager", "read_only",
            "projects:* tasks:* customers:read invoices:read invoices:create reports:read",
            "projects:* tasks:* customers:read invoices:read invoices:create reports:read"
        },
        { "client", "Client", null, "invoices:read:own projects:read:own payments:create:own documents:read:own profile:*", "profile:*" },
        { "supplier", "Supplier", null, "invoices:read:own invoices:create:own payments:read:own documents:read:own profile:*", "profile:*" },
        { "read_only", "Read Only", null, "customers:read invoices:read projects:read reports:read", "customers:read invoices:read projects:read reports:read" },
        { "guest", "Guest", null, "public:read", "public:read" },
    };

    [Theory]
    [MemberData(nameof(Nine))]
    public async Task SystemRole_GivesItsPermissionsAndNothingElse(string name, string display, string? parent, string own, string allowed)
    {
        var api = await server.TenantAsync(["business"]);
        await api.AssignAsync(name, "alice");

        var role = (await api.GetAsync($"{Roles}/{name}")).Is(200);
        Assert.Equal(($"role_{name}", display, true), (role["id"].GetString(), role["display_name"].GetString(), role["is_system_role"].GetBoolean()));
        Assert.Equal(parent is null ? null : $"role_{parent}", role["parent_role_id"].GetString());
        Assert.Equal(own.Split(' ').Order(StringComparer.Ordinal), role.Texts("permissions"));

        var registry = Document001.Expand("*").ToArray();
        var decisions = (await api.PostAsync(
            "/api/v1/authorization/evaluate/batch", new { evaluations = registry.Select(permission => new { user = "alice", permission }) })).Is(200)["decisions"].EnumerateArray();
        var granted = registry.Zip(decisions).Where(pair => pair.Second.GetProperty("allow").GetBoolean()).Select(pair => pair.First);
        Assert.Equal(allowed.Split(' ').SelectMany(Document001.Expand).Order(), granted.Order());
    }

    [Theory]
    [InlineData("client", "invoices:read projects:read payments:create documents:read")]
    [InlineData("supplier", "invoices:read invoices:create payments:read documents:read")]
    public async Task SystemRole_OfOutsiders_ReachesWhatTheyOwn(string name, string own)
    {
        var api = await server.TenantAsync(["business"]);
        await api.AssignAsync(name, "alice");
        var asked = Document001.Scoped.SelectMany(resource => Document001.Expand($"{resource}:*")).ToArray();
        async Task<IEnumerable<string>> AllowedAsync(string owner)
        {
            var evaluations = asked.Select(permission => new { user = "alice", permission, resource = new { properties = new { owner_id = owner } } });
            var decisions = (await api.PostAsync("/api/v1/authorization/evaluate/batch", new { evaluations })).Is(200)["decisions"].EnumerateArray();
            return asked.Zip(decisions).Where(pair => pair.Second.GetProperty("allow").GetBoolean()).Select(pair => pair.First);
        }

        Assert.Equal(own.Split(' ').Order(), (await AllowedAsync("alice")).Order());
        Assert.Empty(await AllowedAsync("bob"));
        Assert.Equal("not_owner", (await api.AskAsync(
            new { user = "alice", permission = "invoices:read", resource = new { properties = new { owner_id = "bob" } } }))["reason"].GetString());
    }

    // The document's create is an update where the name is taken; the contract: it is refused, and PUT replaces.
    [Fact]
    public async Task CreateRole_ThatIsThere_IsRefused()
    {
        var api = await server.TenantAsync(["business"]);
        await api.RoleAsync("clerk", "a:b");

        (await api.PostAsync(Roles, new { name = "clerk" })).Refused(409, "role_already_exists");
        (await api.PostAsync(Roles, new { name = "admin" })).Refused(409, "role_already_exists");
        Assert.Empty((await api.PutAsync($"{Roles}/clerk", new { name = "clerk" })).Is(200).Texts("permissions"));
    }

    [Fact]
    public async Task GetRoles_ByNameAndAll_WithAndWithoutSystemRoles()
    {
        var api = await server.TenantAsync(["business"]);
        await api.RoleAsync("clerk");

        Assert.Equal("role_manager", (await api.GetAsync($"{Roles}/manager")).Is(200)["id"].GetString());
        (await api.GetAsync($"{Roles}/nobody")).Refused(404, "role_not_found");
        Assert.Equal(10, (await api.GetAsync(Roles)).Items.Count);
        Assert.Equal("clerk", Assert.Single((await api.GetAsync($"{Roles}?include_built_in=false")).Items).GetProperty("name").GetString());
    }

    [Fact]
    public async Task DeleteRole_CustomOnly()
    {
        var api = await server.TenantAsync(["business"]);
        await api.RoleAsync("clerk");

        (await api.DeleteAsync($"{Roles}/clerk")).Is(204);
        (await api.DeleteAsync($"{Roles}/clerk")).Refused(404, "role_not_found");
        (await api.DeleteAsync($"{Roles}/guest?force=true")).Refused(409, "system_role_protected");
        (await api.GetAsync($"{Roles}/guest")).Is(200);
    }

    [Fact]
    public async Task GetRolePermissions_WithInheritedOnes()
    {
        var api = await server.TenantAsync(["business"]);
        var all = (await api.GetAsync($"{Roles}/project_manager/permissions?effective=true")).Is(200);
        var top = (await api.GetAsync($"{Roles}/super_admin/permissions?effective=true")).Is(200);

        Assert.Equal(6, all.Texts("direct").Count);
        Assert.Contains("read_only", all["inherited"].EnumerateArray().Select(item => item.GetProperty("from_role").GetString()));
        Assert.Equal(["*"], top.Texts("direct"));
        // Through every step of the hierarchy: admin, manager, read_only.
        Assert.All(["*", "users:*", "customers:create", "customers:read"], permission => Assert.Contains(permission, top.Texts("effective")));
        Assert.Equal(
            ["admin", "manager", "read_only"],
            (await api.GetAsync($"{Roles}/super_admin/hierarchy"))["ancestors"].EnumerateArray().Select(item => item.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task AddAndRemovePermission_ChangeTheRole()
    {
        var api = await server.TenantAsync(["business"]);
        await api.RoleAsync("clerk", "invoices:read");

        var added = (await api.PostAsync($"{Roles}/clerk/permissions", new { permission = "invoices:create" })).Is(200);
        Assert.Equal(["invoices:create", "invoices:read"], added.Texts("permissions"));
        Assert.Equal(2, added["version"].GetInt64());
        Assert.Equal(2, (await api.PostAsync($"{Roles}/clerk/permissions", new { permission = "invoices:create" })).Is(200).Texts("permissions").Count);
        (await api.DeleteAsync($"{Roles}/clerk/permissions/invoices:read")).Is(204);
        Assert.Equal(["invoices:create"], (await api.GetAsync($"{Roles}/clerk")).Texts("permissions"));
        (await api.PostAsync($"{Roles}/nobody/permissions", new { permission = "a:b" })).Refused(404, "role_not_found");
        (await api.DeleteAsync($"{Roles}/nobody/permissions/a:b")).Refused(404, "role_not_found");
        // The document lets both change system roles; the contract: nothing does.
        (await api.PostAsync($"{Roles}/guest/permissions", new { permission = "a:b" })).Refused(409, "system_role_protected");
        (await api.DeleteAsync($"{Roles}/guest/permissions/public:read")).Refused(409, "system_role_protected");
    }
}
