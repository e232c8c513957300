using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Domain.Tests.Roles;

namespace AuthzCluster.Domain.Tests.Tenancy;

public sealed class RegistryEditorTests : RoleEditorTestBase
{
    [Fact]
    public void Register_NewThenAgain_IsNewOnceAndDescribedAnew()
    {
        var made = Take(Register("invoices.read", "reading"));
        Assert.True(made.IsNew);
        Assert.Equal((AuditActions.PermissionRegistered, "permission", "invoices:read"), (made.Audit[0].Action, made.Audit[0].TargetType, made.Audit[0].TargetId));
        Assert.Null(made.Audit[0].Before);
        Assert.True(Register("invoices:read:*", "reading").Value!.IsNoOp);
        var changed = Take(Register("invoices:read", null));
        Assert.False(changed.IsNew);
        Assert.NotNull(changed.Audit[0].Before);
        Assert.Equal(new RegisteredPermission(Permission.Parse("invoices:read"), null, false), Find("invoices:read"));
        Assert.Null(Find("invoices:read:own"));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("invoices:*")]
    [InlineData("*:read")]
    [InlineData("authz.*:read")]
    [InlineData("invoices:*:own")]
    [InlineData("invoices:read:mine")]
    [InlineData("invoices")]
    [InlineData("")]
    public void Register_WhatNamesNoOnePermission_IsRefused(string permission) => Invalid(Register(permission, null), "permission");

    [Fact]
    public void Register_LongDescription_IsRefused()
    {
        Invalid(Register("*", new string('x', 1_001)), "permission", "description");
        Invalid(Register("a:b", "\ud800"), "description");
        Take(Register("a:b", new string('x', 1_000)));
    }

    [Fact]
    public void Register_BuiltIn_IsRefusedWhereItIs()
    {
        Refused(ErrorCode.InvalidState, Register("authz.roles:read", "mine"));
        Refused(ErrorCode.InvalidState, Remove("authz.roles:read"));
        Take(Register("invoices:approve", "ours"));
        Take(TenantEditor.Update(Model, new TenantPatch { Packs = ["standard", "business"] }, null, Now));
        Assert.True(Find("invoices:approve")!.IsBuiltIn);
        Refused(ErrorCode.InvalidState, Remove("invoices:approve"));
        Take(TenantEditor.Update(Model, new TenantPatch { Packs = ["standard"] }, null, Now));
        Assert.Equal(new RegisteredPermission(Permission.Parse("invoices:approve"), "ours", false), Find("invoices:approve"));
    }

    [Fact]
    public void Remove_WhatIsThere_IsToldAndWhatIsNotIsRefused()
    {
        Take(Register("a:b", "d"));
        var removed = Take(Remove("a:b"));
        Assert.Equal((AuditActions.PermissionRemoved, "a:b"), (removed.Audit[0].Action, removed.Audit[0].TargetId));
        Assert.Null(removed.Audit[0].After);
        Refused(ErrorCode.NotFound, Remove("a:b"));
        Refused(ErrorCode.NotFound, Remove("*"));
    }

    [Fact]
    public void Register_MoreThanTheBound_IsRefused()
    {
        Model = Model with { Registered = Model.Registered.AddRange(Enumerable.Range(0, RegistryEditor.Most).Select(i => KeyValuePair.Create($"r{i}:a", (string?)null))) };
        Refused(ErrorCode.InvalidState, Register("one:more", null));
        Take(Register("r7:a", "described"));
    }

    [Fact]
    public void Registry_Business_HasTheTableOfTheDocument()
    {
        Take(TenantEditor.Update(Model, new TenantPatch { Packs = ["business"] }, null, Now));
        var own = Model.Registry.All.Select(entry => entry.Permission.ToString()).Where(text => !text.StartsWith("authz.", StringComparison.Ordinal)).ToArray();
        // 74 actions, and 24 of them in three scopes besides.
        Assert.Equal(74 + (24 * 3), own.Length);
        Assert.Equal(own.Order(StringComparer.Ordinal), own);
        Assert.Subset(own.ToHashSet(), new HashSet<string> { "payments:approve:customer", "documents:list:team", "projects:export:own", "public:read", "audit:export", "suppliers:list" });
        Assert.Empty(own.Intersect(["users:read:own", "reports:update", "users:export", "settings:list"]));
    }

    private RegisteredPermission? Find(string permission) => Model.Registry.Find(Permission.Parse(permission));

    private Result<ModelChange> Register(string permission, string? description) => RegistryEditor.Register(Model, permission, description, Now);

    private Result<ModelChange> Remove(string permission) => RegistryEditor.Remove(Model, Permission.Parse(permission), Now);
}
