using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Tests.Roles;

public sealed class RoleHierarchyTests : RoleEditorTestBase
{
    [Fact]
    public void PutParent_MissingParent_IsNotFound()
    {
        Create("a");
        Refused(ErrorCode.RoleNotFound, TryPutParent("a", new ParentDraft("nobody")));
        Refused(ErrorCode.RoleNotFound, RoleEditor.RemoveParent(Model, IdOf("a"), "nobody", null, Now));
        Create("b");
        Refused(ErrorCode.NotFound, RoleEditor.RemoveParent(Model, IdOf("a"), "b", null, Now));
    }

    [Fact]
    public void Parents_Inactive_CannotBecomeOneButCanStay()
    {
        Create("parent");
        Create("child", new ParentDraft("parent"));
        Take(TryReplace("parent", new RoleDraft { Name = "parent", IsActive = false }));
        Refused(ErrorCode.ParentInactive, TryCreate(new RoleDraft { Name = "new", Parents = [new ParentDraft("parent", InheritanceType.None)] }));
        Create("other");
        Refused(ErrorCode.ParentInactive, TryPutParent("other", new ParentDraft("parent")));
        Take(TryReplace("child", new RoleDraft { Name = "child", Description = "d", Parents = [new ParentDraft("parent")] }));
        Take(TryPutParent("child", new ParentDraft("other")));
        Assert.Equal(2, Role("child").Parents.Length);
    }

    [Theory]
    [InlineData(InheritanceType.Full)]
    [InlineData(InheritanceType.None)]
    public void Edges_Cycle_IsRefused(InheritanceType type)
    {
        Create("a");
        Create("b", new ParentDraft("a", type));
        Create("c", new ParentDraft("b"));
        Refused(ErrorCode.CircularHierarchy, TryPutParent("a", new ParentDraft("c", type)));
        Refused(ErrorCode.CircularHierarchy, TryPutParent("a", new ParentDraft("a", type)));
        Refused(ErrorCode.CircularHierarchy, TryReplace("a", new RoleDraft { Name = "a", Parents = [new ParentDraft("c", type)] }));
        Refused(ErrorCode.CircularHierarchy, TryCreate(new RoleDraft { Name = "d", Parents = [new ParentDraft("d", type)] }));
    }

    [Fact]
    public void Edges_ElevenInAChain_AreTooDeep()
    {
        Chain("up", 5);
        Chain("down", 5);
        Chain("long", 6);
        Refused(ErrorCode.HierarchyTooDeep, TryPutParent("long0", new ParentDraft("up4", InheritanceType.None)));
        Take(TryPutParent("down0", new ParentDraft("up4", InheritanceType.None)));
        Refused(ErrorCode.HierarchyTooDeep, TryCreate(new RoleDraft { Name = "x", Parents = [new ParentDraft("down4")] }));
        Create("top");
        Refused(ErrorCode.HierarchyTooDeep, TryPutParent("up0", new ParentDraft("top")));
    }

    [Fact]
    public void Level_LeftOut_IsTheHighestOfAllParents()
    {
        Create(new RoleDraft { Name = "low", Level = 10 });
        Create(new RoleDraft { Name = "high", Level = 60 });
        Create("heir", new ParentDraft("low"), new ParentDraft("high", InheritanceType.None), new ParentDraft("viewer"));
        Assert.Equal(60, Role("heir").Level);
        Create("none");
        Assert.Equal(0, Role("none").Level);
    }

    [Fact]
    public void Level_BelowAnInheritedOne_IsRefusedFromBothSides()
    {
        Create(new RoleDraft { Name = "parent", Level = 10 });
        Create(new RoleDraft { Name = "none", Level = 10, Parents = [new ParentDraft("parent", InheritanceType.None)] });
        Take(TryReplace("none", new RoleDraft { Name = "none", Level = 0, Parents = [new ParentDraft("parent", InheritanceType.None)] }));
        Refused(ErrorCode.LevelInconsistent, TryCreate(new RoleDraft { Name = "child", Level = 9, Parents = [new ParentDraft("parent")] }));
        Refused(ErrorCode.LevelInconsistent, TryPutParent("none", new ParentDraft("parent")));
        Create(new RoleDraft { Name = "child", Level = 10, Parents = [new ParentDraft("parent")] });
        Refused(ErrorCode.LevelInconsistent, TryReplace("parent", new RoleDraft { Name = "parent", Level = 11 }));
        Refused(ErrorCode.LevelInconsistent, TryReplace("child", new RoleDraft { Name = "child", Level = 9, Parents = [new ParentDraft("parent")] }));
        Take(TryReplace("child", new RoleDraft { Name = "child", Level = 11, Parents = [new ParentDraft("parent")] }));
        Take(TryReplace("parent", new RoleDraft { Name = "parent", Level = 11 }));
    }

    [Fact]
    public void Save_PatternThatLetsNothingThrough_Warns()
    {
        Create(new RoleDraft { Name = "base", Permissions = ["invoices:*"] });
        Create(new RoleDraft { Name = "middle", Permissions = ["reports:read"], Parents = [new ParentDraft("base")] });
        var edge = new ParentDraft("middle", InheritanceType.Partial) { Permissions = ["invoices:read", "reports:*", "invoices:*"] };
        var warning = Assert.Single(Create("partial", edge).Warnings);
        Assert.Contains("`invoices:read` lets nothing of `middle` through", warning, StringComparison.Ordinal);
        // Through the partial edge only what it lets through goes on.
        var next = new ParentDraft("partial", InheritanceType.Partial) { Permissions = ["reports:read", "base:*"] };
        Assert.Contains("`base:*`", Assert.Single(Create("next", next).Warnings), StringComparison.Ordinal);
        Assert.Single(TryReplace("next", new RoleDraft { Name = "next", Parents = [next] }).Value!.Warnings);
    }

    [Fact]
    public void Delete_TombstoneThenFinish_LeavesNothingDangling()
    {
        Create("parent");
        Create("child", new ParentDraft("parent"), new ParentDraft("viewer"));
        Take(TeamGrantEditor.Assign(Model, "team", IdOf("parent"), new AssignmentDraft(SubjectId.Team("team")), "a1", "user:x", Now));
        var id = IdOf("parent");
        Refused(ErrorCode.InvalidState, RoleEditor.FinishDelete(Model, id, Now));
        Refused(ErrorCode.PreconditionFailed, RoleEditor.BeginDelete(Model, id, 2, Now));
        Assert.Empty(Take(RoleEditor.BeginDelete(Model, id, 1, Now)).Audit);
        Assert.True(RoleEditor.BeginDelete(Model, id, 1, Now).Value!.IsNoOp);
        Assert.Null(Model.Catalog.Resolve("parent"));
        Assert.DoesNotContain(Model.Catalog.ByName, role => role.Id == id);
        Refused(ErrorCode.RoleAlreadyExists, TryCreate(new RoleDraft { Name = "parent" }));
        Refused(ErrorCode.RoleNotFound, RoleEditor.AddPermission(Model, id, "a:b", null, Now));
        Refused(ErrorCode.RoleNotFound, TryPutParent("child", new ParentDraft("parent")));

        var change = Take(RoleEditor.FinishDelete(Model, id, Now));
        Assert.Equal([AuditActions.RoleRevoked, AuditActions.RoleHierarchyChanged, AuditActions.RoleDeleted], change.Audit.Select(entry => entry.Action));
        Assert.Equal(("a1", Now), (Assert.Single(change.TeamAssignments).Id, change.TeamAssignments[0].RevokedAt));
        Assert.Empty(Model.TeamGrants);
        Assert.Equal((new RoleId("role_viewer"), 2L), (Assert.Single(Role("child").Parents).Parent, Role("child").Version));
        Assert.Null(Model.Catalog.Find(id));
        Refused(ErrorCode.RoleNotFound, RoleEditor.FinishDelete(Model, id, Now));
    }

    [Theory]
    [InlineData("same", "same")]
    [InlineData("other", "same")]
    [InlineData("same", null)]
    public void Lesson08_ANameOrIdUsedAgain_BringsNoOldEdgesOrGrantsBack(string name, string? id)
    {
        Create(new RoleDraft { Name = "same", Id = "same" });
        Create("child", new ParentDraft("same"), new ParentDraft("viewer"));
        Take(TeamGrantEditor.Assign(Model, "team", IdOf("same"), new AssignmentDraft(SubjectId.Team("team")), "a1", "user:x", Now));
        Take(RoleEditor.BeginDelete(Model, IdOf("same"), null, Now));
        Take(RoleEditor.FinishDelete(Model, new RoleId("same"), Now));
        Create(new RoleDraft { Name = name, Id = id, Permissions = ["a:read"] });
        Assert.Empty(Model.Catalog.HierarchyOf(IdOf(name)).Descendants);
        Assert.Empty(Model.TeamGrants);
        Assert.Empty(Model.TeamHistory);
        Assert.DoesNotContain(CompiledTenant.Compile(Model).PermissionsOf(IdOf("child"))!.Inherited, item => item.FromRole == name);
    }

    [Fact]
    public void CancelDelete_AfterBegin_IsAsItWas()
    {
        Create("parent");
        Create("child", new ParentDraft("parent"));
        var before = Role("parent");
        Take(RoleEditor.BeginDelete(Model, before.Id, null, Now.AddHours(1)));
        Assert.Empty(Model.Catalog.HierarchyOf(IdOf("child")).Ancestors);
        Take(RoleEditor.CancelDelete(Model, before.Id, Now.AddHours(2)));
        Assert.Equal(before, Role("parent"));
        Assert.True(RoleEditor.CancelDelete(Model, before.Id, Now).Value!.IsNoOp);
        Refused(ErrorCode.RoleNotFound, RoleEditor.CancelDelete(Model, new RoleId("nobody"), Now));
    }

    [Fact]
    public void Audit_OfReplace_TellsContentAndHierarchyApart()
    {
        Create("a");
        Create("b");
        Assert.Equal([AuditActions.RoleHierarchyChanged], Take(TryPutParent("a", new ParentDraft("b"))).Audit.Select(entry => entry.Action));
        Assert.Equal([AuditActions.RoleUpdated, AuditActions.RoleHierarchyChanged],
            Take(TryReplace("a", new RoleDraft { Name = "a", Description = "d" })).Audit.Select(entry => entry.Action));
    }

    private void Chain(string name, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Create($"{name}{i}", i == 0 ? [] : [new ParentDraft($"{name}{i - 1}")]);
        }
    }
}
