using System.Collections.Immutable;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Domain.Tests.Roles;

namespace AuthzCluster.Domain.Tests.Assignments;

public sealed class AssignmentPatchTests : RoleEditorTestBase
{
    private static readonly SubjectId Alice = SubjectId.User("alice");
    private static readonly Condition Owner = new("resource_owner", AttributeBag.Empty);
    private static readonly Condition InEurope = new("attribute_match", AttributeBag.Of(
        ("attribute", AttributeValue.Of("resource.region")), ("operator", AttributeValue.Of("eq")), ("expected", AttributeValue.Of("eu"))));

    [Fact]
    public void Patch_Suspend_IsAuditedWithBeforeAfterAndReason()
    {
        var state = Given(new AssignmentDraft(Alice) { Reason = "first" });

        var change = Ok(Patch(state, new() { IsActive = false, Reason = "away" }));

        var held = Assert.Single(change.State.Live);
        Assert.Equal((true, "away", state.Revision + 1, false), (held.IsSuspended, held.Reason, change.State.Revision, change.IsNew));
        Assert.Equal((state.Live[0].GrantedBy, state.Live[0].GrantedAt), (held.GrantedBy, held.GrantedAt));
        var audit = Assert.Single(change.Audit);
        Assert.Equal((AuditActions.RoleAssignmentUpdated, held.Id, "away"), (audit.Action, audit.TargetId, audit.Reason));
        Assert.Equal((true, false), (IsActive(audit.Before), IsActive(audit.After)));
        Assert.False(Assert.Single(Ok(Patch(change.State, new() { IsActive = true })).State.Live).IsSuspended);
    }

    [Fact]
    public void Patch_Times_AreCutReplacedAndTakenBack()
    {
        var state = Given(new AssignmentDraft(Alice) { StartsAt = Now, ExpiresAt = Now.AddHours(1) });

        var longer = Only(Patch(state, new() { ExpiresAt = new(Now.AddHours(2).AddTicks(9)) }));
        Assert.Equal((Now, Now.AddHours(2)), (longer.StartsAt, longer.ExpiresAt));
        var open = Only(Patch(state, new() { StartsAt = new(null), ExpiresAt = new(null) }));
        Assert.Equal((null, null), (open.StartsAt, open.ExpiresAt));
        Invalid(Patch(state, new() { ExpiresAt = new(Now) }), "expires_at");
        Invalid(Patch(state, new() { StartsAt = new(Now.AddHours(1)) }), "expires_at");
        Assert.Equal(AssignmentStatus.Scheduled, Only(Patch(state, new() { StartsAt = new(Now.AddMinutes(1)) })).StatusAt(Now));
    }

    [Fact]
    public void Patch_Mistakes_AreAllNamed() => Invalid(
        Patch(Given(new AssignmentDraft(Alice)), new()
        {
            StartsAt = new(Now), ExpiresAt = new(Now), Conditions = [new Condition("no_such", AttributeBag.Empty)], Reason = new string('r', 2001),
            Metadata = AttributeBag.Of(("k", AttributeValue.Of(new string('v', 20_000)))),
        }),
        "expires_at", "conditions[0].type", "reason", "metadata");

    [Fact]
    public void Patch_SameAsItIs_ChangesNothing()
    {
        var state = Given(new AssignmentDraft(Alice) { ExpiresAt = Now.AddHours(1), Conditions = [Owner], Reason = "r" });

        foreach (var patch in new AssignmentPatch[]
            { new(), new() { IsActive = true }, new() { ExpiresAt = new(Now.AddHours(1)), StartsAt = new(null) }, new() { Conditions = [Owner], Reason = "r" } })
        {
            var change = Ok(Patch(state, patch));
            Assert.True(change.IsNoOp);
            Assert.Same(state, change.State);
            Assert.Equal(state.Live[0], Assert.Single(change.Affected));
        }
    }

    [Fact]
    public void Patch_EndedOrUnknown_IsRefused()
    {
        var state = Given(new AssignmentDraft(Alice) { ExpiresAt = Now.AddHours(1) });

        Refused(ErrorCode.AssignmentNotFound, SubjectEditor.Patch(state, Alice, "another", new(), Now));
        // Over, and not swept yet; then swept; then revoked.
        Refused(ErrorCode.InvalidState, Patch(state, new() { ExpiresAt = new(null) }, Now.AddHours(1)));
        Refused(ErrorCode.InvalidState, Patch(SubjectEditor.Expire(state, Alice, Now.AddHours(1)).State, new(), Now.AddHours(2)));
        Refused(ErrorCode.InvalidState, Patch(Ok(SubjectEditor.Revoke(state, Alice, IdOf("viewer"), null, Now)).State, new() { IsActive = true }));
    }

    [Fact]
    public void PatchTeam_SuspendsAndRefusesAsOfASubject()
    {
        Take(TeamGrantEditor.Assign(Model, "blue", IdOf("viewer"), new(SubjectId.Team("blue")) { ExpiresAt = Now.AddHours(1) }, "t1", "user:x", Now));
        Take(TeamGrantEditor.Assign(Model, "red", IdOf("viewer"), new(SubjectId.Team("red")), "t2", "user:x", Now));

        var change = Take(TeamGrantEditor.Patch(Model, "t1", new() { IsActive = false, Reason = "why" }, Now));
        Assert.Equal(("t1", true, "why"), (change.TeamAssignments[0].Id, Model.TeamGrants["blue"][0].IsSuspended, change.Audit.Single().Reason));
        Assert.False(Model.TeamGrants["red"][0].IsSuspended);
        Assert.True(TeamGrantEditor.Patch(Model, "t1", new() { IsActive = false }, Now).Value!.IsNoOp);
        Assert.Equal("red", TeamGrantEditor.Find(Model, "t2")!.Team);
        Refused(ErrorCode.AssignmentNotFound, TeamGrantEditor.Patch(Model, "t3", new(), Now));
        Take(TeamGrantEditor.Expire(Model, Now.AddHours(1)));
        Refused(ErrorCode.InvalidState, TeamGrantEditor.Patch(Model, "t1", new() { ExpiresAt = new(null) }, Now.AddHours(1)));
        Assert.Equal("blue", TeamGrantEditor.Find(Model, "t1")!.Team);
    }

    [Fact]
    public void PatchTeam_OfARoleBeingDeleted_MayGiveLessButNotMore()
    {
        Create("clerk");
        var id = IdOf("clerk");
        Take(TeamGrantEditor.Assign(Model, "blue", id, new(SubjectId.Team("blue")) { ExpiresAt = Now.AddHours(1) }, "t1", "user:x", Now));
        Take(Domain.Roles.RoleEditor.BeginDelete(Model, id, null, Now));

        Refused(ErrorCode.RoleNotFound, TeamGrantEditor.Patch(Model, "t1", new() { ExpiresAt = new(Now.AddHours(2)) }, Now));
        Take(TeamGrantEditor.Patch(Model, "t1", new() { IsActive = false }, Now));
    }

    public static TheoryData<bool, AssignmentPatch> Wider => new()
    {
        { true, new() { IsActive = true } },
        { true, new() { StartsAt = new(null) } },
        { true, new() { StartsAt = new(Now.AddMinutes(-1)) } },
        { true, new() { ExpiresAt = new(null) } },
        { true, new() { ExpiresAt = new(Now.AddHours(2)) } },
        { true, new() { Conditions = [] } },
        { true, new() { Conditions = [InEurope] } },
        { false, new() },
        { false, new() { IsActive = false } },
        { false, new() { StartsAt = new(Now.AddMinutes(1)) } },
        { false, new() { ExpiresAt = new(Now.AddMinutes(30)) } },
        { false, new() { Conditions = [InEurope, Owner] } },
        { false, new() { Reason = "r", Metadata = AttributeBag.Of(("k", AttributeValue.Of(true))) } },
    };

    [Theory]
    [MemberData(nameof(Wider))]
    public void Widens_WhatGivesMore_AndNothingElse(bool isWider, AssignmentPatch patch)
    {
        var state = Given(new AssignmentDraft(Alice) { StartsAt = Now, ExpiresAt = Now.AddHours(1), Conditions = [Owner] });
        var suspended = Ok(Patch(state, new() { IsActive = false })).State;

        Assert.Equal(isWider, AssignmentPatch.Widens(suspended.Live[0], Only(Patch(suspended, patch))));
    }

    [Fact]
    public void CheckPatch_OfAnAdministratorOfRolesBelow_RefusesToGiveMoreOnly()
    {
        Create(new Domain.Roles.RoleDraft { Name = "payer", Permissions = ["payments:approve"] });
        var before = new Assignment { Id = "a", Role = IdOf("payer"), GrantedBy = "user:x", GrantedAt = Now, ExpiresAt = Now.AddHours(1) };
        var held = new SubjectAssignments { Live = [before with { Id = "own", Role = IdOf("tenant_admin"), ExpiresAt = null }] };
        var rights = CallerRights.Of(
            Domain.Decisions.CompiledTenant.Compile(Model), Domain.Decisions.SubjectGrants.Compile(Alice, held), false, [Rights.AssignmentsUpdate], Now, AttributeBag.Empty);
        var none = CallerRights.Of(
            Domain.Decisions.CompiledTenant.Compile(Model), Domain.Decisions.SubjectGrants.Compile(Alice, SubjectAssignments.None), false, null, Now, AttributeBag.Empty);

        Assert.Null(Guard.CheckPatch(rights, Model, before, before with { IsSuspended = true }));
        Assert.Equal(ErrorCode.Forbidden, Guard.CheckPatch(rights, Model, before, before with { ExpiresAt = null })?.Code);
        Assert.Equal(ErrorCode.Forbidden, Guard.CheckPatch(none, Model, before, before with { IsSuspended = true })?.Code);
    }

    private SubjectAssignments Given(AssignmentDraft draft) =>
        Ok(SubjectEditor.Assign(SubjectAssignments.None, Alice, Role("viewer"), draft, "a1", "user:boss", Now)).State;

    private static Result<SubjectChange> Patch(SubjectAssignments state, AssignmentPatch patch, DateTimeOffset? now = null) =>
        SubjectEditor.Patch(state, Alice, "a1", patch, now ?? Now);

    private static Assignment Only(Result<SubjectChange> change) => Assert.Single(Ok(change).Affected);

    private static bool IsActive(AttributeBag? bag) => bag!.TryGet("is_active", out var value) && value == AttributeValue.Of(true);

    private static SubjectChange Ok(Result<SubjectChange> change)
    {
        Assert.True(change.IsOk, change.Error?.Detail);
        return change.Value;
    }
}
