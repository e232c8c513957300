using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Domain.Tests.Roles;

namespace AuthzCluster.Domain.Tests.Decisions;

/// <summary>A question about the past gets the same answer before and after what it asks about was swept away.</summary>
public sealed class PastInstantTests : RoleEditorTestBase
{
    private static readonly SubjectId Alice = SubjectId.User("alice");
    private static readonly DateTimeOffset End = Now.AddHours(1);
    private SubjectAssignments _alice = SubjectAssignments.None with { Teams = ["blue"] };

    public PastInstantTests() => Create(new RoleDraft { Name = "reader", Permissions = ["a:read"] });

    [Fact]
    public void Decide_OwnAssignmentThatExpired_CountsForItsTime()
    {
        Assign("own", End);
        _alice = SubjectEditor.Expire(_alice, Alice, End).State;
        AssertCountedUntilTheEnd("own", null);
    }

    [Fact]
    public void Decide_TeamAssignmentThatExpired_CountsForItsTime()
    {
        AssignTeam("team", End);
        Take(TeamGrantEditor.Expire(Model, End));
        Assert.Empty(Model.TeamGrants);
        AssertCountedUntilTheEnd("team", "blue");
    }

    [Fact]
    public void Decide_WhatWasRevoked_CountsForNoTime()
    {
        Assign("own", End);
        AssignTeam("team", End);
        _alice = SubjectEditor.Revoke(_alice, Alice, IdOf("reader"), null, Now.AddMinutes(1)).Value!.State;
        Take(TeamGrantEditor.Revoke(Model, "blue", IdOf("reader"), null, Now.AddMinutes(1)));
        Assert.Equal(("own", "team"), (Assert.Single(_alice.History).Id, Assert.Single(Model.TeamHistory["blue"]).Id));
        Assert.Equal((DecisionReason.NoAssignment, null), (At(Now).Reason, At(Now).ValidUntil));
        Assert.Empty(DecisionEngine.Explain(Compiled, Grants, Tenant.Ask("a:read"), Now).Trace);
    }

    [Fact]
    public void Decide_SuspendedWhenItExpired_CountsForNoTime()
    {
        Assign("own", End);
        _alice = _alice with { Live = [_alice.Live[0] with { IsSuspended = true }] };
        _alice = SubjectEditor.Expire(_alice, Alice, End).State;
        Assert.False(At(Now).IsAllowed);
    }

    [Fact]
    public void Decide_BeforeOneThatExpired_IsValidUntilItsStart()
    {
        Assign("own", End, starts: Now.AddMinutes(30));
        _alice = SubjectEditor.Expire(_alice, Alice, End).State;
        Assert.Equal((false, Now.AddMinutes(30)), (At(Now).IsAllowed, At(Now).ValidUntil));
        Assert.Equal(TraceOutcome.NotStarted, DecisionEngine.Explain(Compiled, Grants, Tenant.Ask("a:read"), Now).Trace.Single().Outcome);
    }

    [Fact]
    public void Lesson08_ARoleOfADeletedRolesId_GetsNoneOfItsPastAssignments()
    {
        Take(RoleEditor.Create(Model, new RoleDraft { Id = "again", Name = "again", Permissions = ["a:read"] }, new RoleId("x"), Now));
        Assign("own", End, role: "again");
        AssignTeam("team", End, role: "again");
        AssignTeam("live", null, role: "again", scope: "eu");
        var later = End.AddMinutes(1);
        _alice = SubjectEditor.Expire(_alice, Alice, later).State;
        Take(TeamGrantEditor.Expire(Model, later));
        Take(RoleEditor.BeginDelete(Model, IdOf("again"), null, later));
        Take(RoleEditor.FinishDelete(Model, new RoleId("again"), later));
        Assert.Empty(Model.TeamGrants);
        Assert.Empty(Model.TeamHistory);
        Take(RoleEditor.Create(Model, new RoleDraft { Id = "again", Name = "again", Permissions = ["a:read"] }, new RoleId("x"), later));
        Assert.Equal(DecisionReason.NoAssignment, At(Now).Reason);
        Assert.Empty(DecisionEngine.ListPermissions(Compiled, Grants, Now));
        Assert.Empty(DecisionEngine.Explain(Compiled, Grants, Tenant.Ask("a:read"), Now).Trace);
    }

    [Fact]
    public void Expire_OfATeam_KeepsABoundedHistoryNewestFirst()
    {
        for (var i = 0; i < 120; i++)
        {
            AssignTeam($"a{i}", Now.AddMinutes(1 + i), scope: $"{i}");
        }
        Take(TeamGrantEditor.Expire(Model, Now.AddMinutes(60)));
        Take(TeamGrantEditor.Expire(Model, Now.AddMinutes(200)));
        Assert.Equal(Enumerable.Range(20, 100).Reverse().Select(i => $"a{i}"), Model.TeamHistory["blue"].Select(grant => grant.Id));
    }

    private void AssertCountedUntilTheEnd(string id, string? team)
    {
        foreach (var now in new[] { Now, End.AddTicks(-1) })
        {
            Assert.Equal((true, id, End), (At(now).IsAllowed, At(now).MatchedAssignment, At(now).ValidUntil));
            Assert.Equal((id, team), DecisionEngine.ListPermissions(Compiled, Grants, now).Select(item => (item.Assignment, item.Team)).Single());
            Assert.Equal(TraceOutcome.Granted, DecisionEngine.Explain(Compiled, Grants, Tenant.Ask("a:read"), now).Trace.Single().Outcome);
        }
        Assert.Equal((DecisionReason.NoAssignment, null), (At(End).Reason, At(End).ValidUntil));
        Assert.Empty(DecisionEngine.ListPermissions(Compiled, Grants, End));
        var step = DecisionEngine.Explain(Compiled, Grants, Tenant.Ask("a:read"), End).Trace.Single();
        Assert.Equal((TraceOutcome.Expired, id, team), (step.Outcome, step.Assignment, step.Team));
    }

    private CompiledTenant Compiled => CompiledTenant.Compile(Model);

    private SubjectGrants Grants => SubjectGrants.Compile(Alice, _alice);

    private Decision At(DateTimeOffset now) => DecisionEngine.Decide(Compiled, Grants, Tenant.Ask("a:read"), now);

    private void Assign(string id, DateTimeOffset? expires, DateTimeOffset? starts = null, string role = "reader") =>
        _alice = SubjectEditor.Assign(_alice, Alice, Role(role), new AssignmentDraft(Alice) { StartsAt = starts, ExpiresAt = expires }, id, "user:x", Now).Value!.State;

    private void AssignTeam(string id, DateTimeOffset? expires, string role = "reader", string? scope = null) =>
        Take(TeamGrantEditor.Assign(Model, "blue", IdOf(role), new AssignmentDraft(SubjectId.Team("blue"))
        {
            ExpiresAt = expires,
            Scope = scope is null ? Domain.Attributes.AttributeBag.Empty : Domain.Attributes.AttributeBag.Of(("n", Domain.Attributes.AttributeValue.Of(scope))),
        }, id, "user:x", Now));
}
