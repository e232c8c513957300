using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Tests.Roles;

/// <summary>A role that is made together with its first assignments.</summary>
public sealed class RoleMakingTests : RoleEditorTestBase
{
    private static readonly RoleDraft Assigned = new() { Name = "clerk", Permissions = ["a:b"], AssignedTo = [SubjectId.User("alice")] };

    [Fact]
    public void Create_Assigned_IsInactiveAndMarkedUntilTheEnd()
    {
        Create(Assigned);
        var id = IdOf("clerk");
        Assert.Equal((false, true, 1L), (Role("clerk").IsActive, Role("clerk").IsBeingMade, Role("clerk").Version));

        var end = Take(RoleEditor.EndMaking(Model, id, isActive: true, Now));

        Assert.Equal((true, false, 2L), (Role("clerk").IsActive, Role("clerk").IsBeingMade, Role("clerk").Version));
        Assert.Equal(AuditActions.RoleUpdated, Assert.Single(end.Audit).Action);
        Assert.True(RoleEditor.EndMaking(Model, id, isActive: false, Now).Value!.IsNoOp);
    }

    [Fact]
    public void EndMaking_WishedInactive_ChangesNothingThatCallersSee()
    {
        Create(Assigned with { IsActive = false });
        var made = Role("clerk");

        var end = Take(RoleEditor.EndMaking(Model, made.Id, isActive: false, Now.AddHours(1)));

        Assert.Empty(end.Audit);
        Assert.Equal(made with { IsBeingMade = false }, Role("clerk"));
    }

    [Fact]
    public void EndMaking_GoneOrBeingDeleted_IsNotFound()
    {
        Create(Assigned);
        var id = IdOf("clerk");
        Take(RoleEditor.BeginDelete(Model, id, null, Now));
        Assert.True(Model.Roles[id].IsBeingMade);
        Refused(ErrorCode.RoleNotFound, RoleEditor.EndMaking(Model, id, true, Now));
        Take(RoleEditor.FinishDelete(Model, id, Now));
        Refused(ErrorCode.RoleNotFound, RoleEditor.EndMaking(Model, id, true, Now));
    }

    [Fact]
    public void Replace_OneBeingMade_MakesItAnOrdinaryOne()
    {
        Create(Assigned);
        Take(TryReplace("clerk", Assigned with { AssignedTo = [], IsActive = false }));
        Assert.False(Role("clerk").IsBeingMade);
    }

    [Fact]
    public void Import_OneBeingMade_IsRefused()
    {
        // Its making may yet be undone, and would take with it what was imported.
        Create(Assigned);
        var import = ModelImporter.Import(Model, new ModelImport([new RoleDraft { Name = "clerk", Permissions = ["a:b"] }]), () => "id", "user:x", Now);
        Assert.Contains(import.Error!.Fields, field => field.Field == "roles[0].name");
    }

    [Fact]
    public void AssignedTo_WhereNoRoleIsMade_IsRefused()
    {
        Create("clerk");
        Invalid(TryReplace("clerk", Assigned), "assigned_to");
        var import = ModelImporter.Import(Model, new ModelImport([Assigned with { Name = "new" }]), () => "id", "user:x", Now);
        Assert.Contains(import.Error!.Fields, field => field.Field == "roles[0].assigned_to");
    }

    [Fact]
    public void AssignedTo_Bounds_CountEachOnce()
    {
        Invalid(TryCreate(Assigned with { AssignedTo = [new("", "x"), new("a:b", "x"), SubjectId.User(".."), SubjectId.Team("t")] }),
            "assigned_to[0]", "assigned_to[1]", "assigned_to[2]");
        SubjectId[] most = [.. Enumerable.Range(0, 1_000).Select(i => SubjectId.User($"u{i}"))];
        Assert.True(TryCreate(Assigned with { AssignedTo = [.. most, .. most] }).IsOk);
        Invalid(TryCreate(Assigned with { AssignedTo = [.. most, SubjectId.User("one more")] }), "assigned_to");
    }
}
