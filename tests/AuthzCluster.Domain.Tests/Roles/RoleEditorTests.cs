using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Tests.Roles;

public sealed class RoleEditorTests : RoleEditorTestBase
{
    [Fact]
    public void Create_FullDraft_KeepsAllOfIt()
    {
        var metadata = AttributeBag.Of(("team", AttributeValue.Of("blue")));
        var change = Create(new RoleDraft
        {
            Id = "r1", Name = "clerk", DisplayName = "Clerk", Description = "does things", Type = "job", Level = 7, IsActive = false,
            Permissions = ["b.c.read", "a:read", "b.c:read", "*:*"], Metadata = metadata,
        });
        var role = Role("r1");
        Assert.Equal(("clerk", "Clerk", "does things", "job", 7, false), (role.Name, role.DisplayName, role.Description, role.Type, role.Level, role.IsActive));
        Assert.Equal(["*", "a:read", "b.c:read"], role.Permissions.Select(permission => permission.ToString()));
        Assert.Equal((metadata, 1L, Now, Now), (role.Metadata, role.Version, role.CreatedAt, role.UpdatedAt));
        Assert.Equal((2L, false), (Model.Revision, change.IsNoOp));
        Assert.Equal([role.Id], change.Touched.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t")]
    [InlineData("a\nb")]
    [InlineData(".")]
    [InlineData("..")]
    public void Create_BadNameOrId_IsInvalid(string text)
    {
        Invalid(TryCreate(new RoleDraft { Name = text }), "name");
        Invalid(TryCreate(new RoleDraft { Name = "x", Id = text }), "id");
    }

    [Fact]
    public void Create_LoneSurrogates_AreInvalid()
    {
        foreach (var text in (string[])["\ud800x", "x\udc00\ud800", "\ud83d"])
        {
            Invalid(TryCreate(new RoleDraft { Name = text, Id = text, Description = text, DisplayName = text }), "name", "id", "description", "display_name");
            Invalid(TryCreate(new RoleDraft { Name = "a", Metadata = AttributeBag.Of((text, AttributeValue.Null)) }), "metadata");
        }
    }

    [Fact]
    public void Create_LongestTexts_AreAllowedAndOneMoreIsNot()
    {
        Create(new RoleDraft { Name = new string('n', 100), Id = new string('i', 256) });
        Create(new RoleDraft { Name = "roles/compute.viewer \U0001F600" });
        Invalid(TryCreate(new RoleDraft { Name = new string('n', 101), Id = new string('i', 257) }), "name", "id");
        Invalid(TryCreate(new RoleDraft { Name = "a", Description = new string('d', 10_001), DisplayName = new string('d', 1_001) }), "description", "display_name");
    }

    [Fact]
    public void Create_ManyMistakes_AreAllNamed() => Invalid(
        TryCreate(new RoleDraft
        {
            Name = "", Level = 101, Permissions = ["a:b", "nonsense", "a:b:galaxy"],
            Parents =
            [
                new ParentDraft("nobody"), new ParentDraft("viewer"), new ParentDraft("role_viewer"), new ParentDraft(" "),
                new ParentDraft("super_admin", InheritanceType.Partial), new ParentDraft("user_manager", InheritanceType.Partial) { Permissions = ["::"] },
            ],
            Metadata = AttributeBag.Of(("x", AttributeValue.Of(new string('x', 70_000)))),
        }),
        "name", "hierarchy_level", "permissions[1]", "permissions[2]", "parents[0].role_id", "parents[2].role_id", "parents[3].role_id",
        "parents[4].permissions", "parents[5].permissions[0]", "metadata");

    [Theory]
    [InlineData(InheritanceType.Full)]
    [InlineData(InheritanceType.None)]
    [InlineData(InheritanceType.Conditional)]
    public void Create_PatternsOnAnotherEdge_AreInvalid(InheritanceType type)
    {
        var edge = new ParentDraft("viewer", type) { Permissions = ["a:b"], Conditions = type == InheritanceType.Conditional ? [Owner] : [] };
        Invalid(TryCreate(new RoleDraft { Name = "a", Parents = [edge] }), "parents[0].permissions");
    }

    [Fact]
    public void Create_ConditionsWhereTheyDoNotBelongOrMissing_AreInvalid()
    {
        Invalid(TryCreate(new RoleDraft { Name = "a", Parents = [new ParentDraft("viewer") { Conditions = [Owner] }] }), "parents[0].conditions");
        Invalid(TryCreate(new RoleDraft { Name = "a", Parents = [new ParentDraft("viewer", InheritanceType.Conditional)] }), "parents[0].conditions");
    }

    [Fact]
    public void Create_TooManyPermissions_IsInvalid()
    {
        var most = Enumerable.Range(0, 20_000).Select(i => $"r{i}:read").ToList();
        Create(new RoleDraft { Name = "most", Permissions = [.. most, "r0:read"] });
        Invalid(TryCreate(new RoleDraft { Name = "more", Permissions = [.. most, "more:read"] }), "permissions");
        Invalid(RoleEditor.AddPermission(Model, IdOf("most"), "more:read", null, Now), "permission");
    }

    [Fact]
    public void Create_TakenNameOrId_AlreadyExists()
    {
        Create(new RoleDraft { Name = "a", Id = "a-id" });
        foreach (var (name, id) in (ReadOnlySpan<(string, string?)>)
            [("a", null), ("a-id", null), ("b", "a-id"), ("b", "a"), ("viewer", null), ("role_viewer", null), ("b", "viewer"), ("b", "role_viewer")])
        {
            Refused(ErrorCode.RoleAlreadyExists, TryCreate(new RoleDraft { Name = name, Id = id }));
        }
        Create(new RoleDraft { Name = "A" });
        Create(new RoleDraft { Name = "own", Id = "own" });
    }

    [Fact]
    public void Replace_LeftOut_TakesDefault()
    {
        Create(new RoleDraft { Name = "a", DisplayName = "A!", Description = "x", Level = 5, Permissions = ["a:b"], IsActive = false });
        Take(TryReplace("a", new RoleDraft { Name = "b" }));
        var role = Role("b");
        Assert.Equal(("b", null, 0, true, 2L), (role.DisplayName, role.Description, role.Level, role.IsActive, role.Version));
        Assert.Empty(role.Permissions);
        Assert.Null(Model.Catalog.Resolve("a"));
    }

    [Fact]
    public void Replace_SameContent_ChangesNothing()
    {
        Create(new RoleDraft { Name = "a", Permissions = ["x:y", "a:b"] });
        var change = TryReplace("a", new RoleDraft { Name = "a", Id = IdOf("a").Value, Permissions = ["a.b", "x:y:*"] }).Value!;
        Assert.True(change.IsNoOp);
        Assert.Same(Model, change.Model);
        Assert.Empty(change.Audit);
    }

    [Fact]
    public void Replace_Wrong_IsRefused()
    {
        Create("a");
        Create("b");
        Refused(ErrorCode.PreconditionFailed, TryReplace("a", new RoleDraft { Name = "a" }, ifVersion: 2));
        Refused(ErrorCode.RoleAlreadyExists, TryReplace("a", new RoleDraft { Name = "b" }));
        Refused(ErrorCode.RoleAlreadyExists, TryReplace("a", new RoleDraft { Name = IdOf("b").Value }));
        Invalid(TryReplace("a", new RoleDraft { Name = "a", Id = "other" }), "id");
        Refused(ErrorCode.RoleNotFound, RoleEditor.Replace(Model, new RoleId("nobody"), new RoleDraft { Name = "a" }, null, Now));
    }

    [Fact]
    public void Edits_OfBuiltIn_AreRefused()
    {
        var id = IdOf("viewer");
        Refused(ErrorCode.SystemRoleProtected, TryReplace("viewer", new RoleDraft { Name = "viewer" }));
        Refused(ErrorCode.SystemRoleProtected, RoleEditor.AddPermission(Model, id, "a:b", null, Now));
        Refused(ErrorCode.SystemRoleProtected, RoleEditor.RemovePermission(Model, id, "*:read", null, Now));
        Refused(ErrorCode.SystemRoleProtected, TryPutParent("viewer", new ParentDraft("super_admin")));
        Refused(ErrorCode.SystemRoleProtected, RoleEditor.RemoveParent(Model, id, "super_admin", null, Now));
        Refused(ErrorCode.SystemRoleProtected, RoleEditor.BeginDelete(Model, id, null, Now));
    }

    [Fact]
    public void Permissions_AddAndRemove_OneAtATime()
    {
        Create(new RoleDraft { Name = "a", Permissions = ["b:read"] });
        Take(RoleEditor.AddPermission(Model, IdOf("a"), "a.read", null, Now));
        Assert.Equal(["a:read", "b:read"], Role("a").Permissions.Select(permission => permission.ToString()));
        Assert.True(RoleEditor.AddPermission(Model, IdOf("a"), "a:read:*", null, Now).Value!.IsNoOp);
        Take(RoleEditor.RemovePermission(Model, IdOf("a"), "b:read", null, Now));
        Assert.Equal((Permission.Parse("a:read"), 3L), (Assert.Single(Role("a").Permissions), Role("a").Version));
        Refused(ErrorCode.NotFound, RoleEditor.RemovePermission(Model, IdOf("a"), "b:read", null, Now));
        Invalid(RoleEditor.AddPermission(Model, IdOf("a"), "b", null, Now), "permission");
        Invalid(RoleEditor.RemovePermission(Model, IdOf("a"), "", null, Now), "permission");
    }

    [Fact]
    public void Audit_OfLargeRole_TellsTheDelta()
    {
        var many = Enumerable.Range(0, 201).Select(i => $"r{i:D3}:read").ToList();
        var small = Assert.Single(Create(new RoleDraft { Name = "small", Permissions = many[..200] }).Audit);
        Assert.Equal((AuditActions.RoleCreated, null, 200), (small.Action, small.Before, Get(small.After, "permissions").AsList.Count));
        var grown = Assert.Single(Take(RoleEditor.AddPermission(Model, IdOf("small"), "new:read", null, Now)).Audit);
        Assert.False(grown.After!.TryGet("permissions", out _));
        Assert.Equal("new:read", Assert.Single(Get(grown.After, "permissions_added").AsList).AsString);
        Assert.Equal(AttributeValue.Of(201m), Get(grown.After, "permissions_count"));
        Assert.Equal((AttributeValue.Of(200m), 0), (Get(grown.Before, "permissions_count"), Get(grown.Before, "permissions_removed").AsList.Count));
        var swapped = Assert.Single(Take(TryReplace("small", new RoleDraft { Name = "small", Permissions = many })).Audit);
        Assert.Equal((AuditActions.RoleUpdated, "new:read", "r200:read"), (swapped.Action,
            Assert.Single(Get(swapped.Before, "permissions_removed").AsList).AsString, Assert.Single(Get(swapped.After, "permissions_added").AsList).AsString));
    }

    private static readonly Condition Owner = new("resource_owner", AttributeBag.Empty);

    private static AttributeValue Get(AttributeBag? bag, string name) => bag!.TryGet(name, out var value) ? value : throw new KeyNotFoundException(name);
}
