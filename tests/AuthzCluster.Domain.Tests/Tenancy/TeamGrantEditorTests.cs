using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Domain.Tests.Roles;

namespace AuthzCluster.Domain.Tests.Tenancy;

public sealed class TeamGrantEditorTests : RoleEditorTestBase
{
    private static readonly AssignmentDraft Draft = new(SubjectId.Team("blue"));

    [Fact]
    public void Assign_Again_UpdatesOrChangesNothing()
    {
        var made = Take(Assign("viewer", Draft, "a1"));
        Assert.Equal((true, "a1", AuditActions.RoleAssigned), (made.IsNew, Assert.Single(made.TeamAssignments).Id, made.Audit.Single().Action));
        Assert.True(Assign("viewer", Draft, "a2").Value is { IsNoOp: true, IsNew: false, TeamAssignments: [{ Id: "a1" }] });
        var updated = Take(Assign("viewer", Draft with { Reason = "why" }, "a3"));
        Assert.Equal((false, "a1", "why"), (updated.IsNew, Assert.Single(Model.TeamGrants["blue"]).Id, updated.Audit.Single().Reason));
        Assert.Equal(3L, Model.Revision);
    }

    [Fact]
    public void Assign_Wrong_IsRefused()
    {
        Refused(ErrorCode.RoleNotFound, TeamGrantEditor.Assign(Model, "blue", new RoleId("nobody"), Draft, "a", "user:x", Now));
        Invalid(TeamGrantEditor.Assign(Model, " ", IdOf("viewer"), Draft with { StartsAt = Now, ExpiresAt = Now }, "a", "user:x", Now), "principal.id", "expires_at");
        Create("gone");
        var id = IdOf("gone");
        Take(RoleEditor.BeginDelete(Model, id, null, Now));
        Refused(ErrorCode.RoleNotFound, TeamGrantEditor.Assign(Model, "blue", id, Draft, "a", "user:x", Now));
        Refused(ErrorCode.AssignmentNotFound, TeamGrantEditor.Revoke(Model, "blue", IdOf("viewer"), null, Now));
    }

    [Fact]
    public void Assign_AlreadyOver_IsEndedOnceHoweverOftenItIsGiven()
    {
        var over = Draft with { ExpiresAt = Now };
        Take(Assign("viewer", over, "a1"));
        Assert.Equal("a1", Take(TeamGrantEditor.Expire(Model, Now)).TeamAssignments.Single().Id);
        Assert.True(Assign("viewer", over, "a2").Value is { IsNoOp: true, TeamAssignments: [{ Id: "a1" }] });
    }

    [Fact]
    public void Expire_AtTheEnd_TakesOutAndTellsOnce()
    {
        Take(Assign("viewer", Draft with { ExpiresAt = Now.AddHours(1) }, "a1"));
        Take(Assign("user_manager", Draft, "a2"));
        Assert.True(TeamGrantEditor.Expire(Model, Now.AddHours(1).AddTicks(-10)).IsNoOp);
        var change = Take(TeamGrantEditor.Expire(Model, Now.AddHours(1)));
        Assert.Equal(("a1", AuditActions.RoleExpired), (change.TeamAssignments.Single().Id, change.Audit.Single().Action));
        Assert.Equal("a2", Assert.Single(Model.TeamGrants["blue"]).Id);
        Assert.True(TeamGrantEditor.Expire(Model, Now.AddHours(2)).IsNoOp);
        Take(TeamGrantEditor.Revoke(Model, "blue", IdOf("user_manager"), null, Now));
        Assert.False(Model.TeamGrants.ContainsKey("blue"));
    }

    private Result<ModelChange> Assign(string role, AssignmentDraft draft, string id) =>
        TeamGrantEditor.Assign(Model, "blue", IdOf(role), draft, id, "user:x", Now);
}
