using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Domain.Tests.Roles;

namespace AuthzCluster.Domain.Tests.Tenancy;

public sealed class StrictPermissionsTests : RoleEditorTestBase
{
    public StrictPermissionsTests()
    {
        Create(new RoleDraft { Name = "old", Permissions = ["typo:read"] });
        Take(RegistryEditor.Register(Model, "invoices:read", null, Now));
        Take(RegistryEditor.Register(Model, "a.b:get:own", null, Now));
        Strict(true);
    }

    [Theory]
    [InlineData("invoices:read")]
    [InlineData("invoices.read")]
    [InlineData("invoices:*")]
    [InlineData("invoices:*:own")]
    [InlineData("a.b:get:own")]
    [InlineData("a.b:*")]
    [InlineData("authz.roles:read")]
    [InlineData("*")]
    [InlineData("*:*")]
    public void Create_Registered_IsTaken(string permission) => Create(new RoleDraft { Name = "x", Permissions = [permission] });

    [Theory]
    [InlineData("invoices:write")]
    [InlineData("invoices:read:own")]
    [InlineData("Invoices:read")]
    [InlineData("invoice:*")]
    [InlineData("a.b:get")]
    [InlineData("a.*:get")]
    [InlineData("a.*:*")]
    [InlineData("*:read")]
    [InlineData("*:*:own")]
    public void Create_Unregistered_IsNamed(string permission)
    {
        var refused = TryCreate(new RoleDraft { Name = "x", Permissions = ["invoices:read", permission, "x"] });
        Invalid(refused, "permissions[1]", "permissions[2]");
        Assert.Contains($"`{Permission.Parse(permission)}`", refused.Error!.Fields.Single(field => field.Field == "permissions[1]").Message, StringComparison.Ordinal);
        Strict(false);
        Create(new RoleDraft { Name = "x", Permissions = [permission] });
    }

    [Fact]
    public void Edit_WhatWasThereBefore_StaysAndOnlyTheNewIsJudged()
    {
        Take(TryReplace("old", new RoleDraft { Name = "old", Description = "d", Permissions = ["typo:read", "invoices:read"] }));
        Invalid(TryReplace("old", new RoleDraft { Name = "old", Permissions = ["typo:list", "typo:read"] }), "permissions[0]");
        Invalid(Add("typo:list"), "permission");
        Assert.True(Add("typo:read").Value!.IsNoOp);
        Take(Add("invoices:*"));
        Take(RoleEditor.RemovePermission(Model, IdOf("old"), "typo:read", null, Now));
        Invalid(Add("typo:read"), "permission");
    }

    [Fact]
    public void Edit_AfterTheRegistryLostIt_KeepsIt()
    {
        Create(new RoleDraft { Name = "x", Permissions = ["invoices:read"] });
        Take(RegistryEditor.Remove(Model, Permission.Parse("invoices:read"), Now));
        Take(TryReplace("x", new RoleDraft { Name = "x", Level = 3, Permissions = ["invoices:read"] }));
        Invalid(TryCreate(new RoleDraft { Name = "y", Permissions = ["invoices:read"] }), "permissions[0]");
    }

    [Fact]
    public void PutParent_Patterns_AreNoGrants()
    {
        Create("x");
        Take(TryPutParent("x", new ParentDraft("old") { Type = InheritanceType.Partial, Permissions = ["anything:at_all"] }));
    }

    [Fact]
    public void Import_BadRows_AreAllNamed()
    {
        Invalid(
            Import([], new RoleDraft { Name = "old", Permissions = ["typo:list", "typo:read"] }, new RoleDraft { Name = "new", Permissions = ["invoices:read", "typo:read"] }),
            "roles[0].permissions[0]", "roles[1].permissions[1]");
        var done = Import([new PermissionRow("typo:read", "now known")], new RoleDraft { Name = "new", Permissions = ["typo:read"] });
        Assert.True(done.IsOk, done.Error?.Detail);
        Assert.Equal("now known", done.Value!.Change.Model.Registry.Find(Permission.Parse("typo:read"))!.Description);
    }

    [Fact]
    public void Import_Permissions_AreJudgedAndUpserted()
    {
        Invalid(
            Import([new("a:*", null), new("x:y", null), new("x.y", "twice"), new("z", new string('x', 2_000))]),
            "registered_permissions[0].permission", "registered_permissions[2].permission", "registered_permissions[3].permission", "registered_permissions[3].description");
        var done = Import([new("authz.roles:read", "mine"), new("x:y", "d"), new("invoices:read", null)]).Value!;
        Assert.Equal(["permission.registered", "model.imported"], done.Change.Audit.Select(entry => entry.Action));
        Assert.Contains("registered_permissions[0]", Assert.Single(done.Change.Warnings), StringComparison.Ordinal);
        Model = done.Change.Model;
        Assert.True(Import([new("x:y", "d")]).Value!.Change.IsNoOp);
    }

    private Result<ModelChange> Add(string permission) => RoleEditor.AddPermission(Model, IdOf("old"), permission, null, Now);

    private Result<ImportedModel> Import(PermissionRow[] permissions, params RoleDraft[] roles) =>
        ModelImporter.Import(Model, new ModelImport(roles) { Registered = permissions }, () => Guid.NewGuid().ToString(), "user:x", Now);

    private void Strict(bool isOn) =>
        Take(TenantEditor.Update(Model, new TenantPatch { Settings = AttributeBag.Of(("strict_permissions", AttributeValue.Of(isOn))) }, null, Now));
}
