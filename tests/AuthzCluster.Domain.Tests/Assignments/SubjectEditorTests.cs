using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tests.Roles;

namespace AuthzCluster.Domain.Tests.Assignments;

public sealed class SubjectEditorTests : RoleEditorTestBase
{
    private static readonly SubjectId Alice = SubjectId.User("alice");
    private static readonly AssignmentDraft Draft = new(Alice);
    private SubjectAssignments _state = SubjectAssignments.None;
    private int _ids;

    [Fact]
    public void Assign_New_KeepsAllOfItInMicroseconds()
    {
        var change = Take(Assign(Draft with
        {
            StartsAt = Now.AddTicks(-9), ExpiresAt = new DateTimeOffset(2026, 7, 2, 1, 0, 0, TimeSpan.FromHours(1)).AddTicks(19),
            Scope = Scope("region", "eu"), Conditions = [new Condition("resource_owner", AttributeBag.Empty)], Reason = "r", Metadata = Scope("k", "v"),
        }));
        var made = Assert.Single(_state.Live);
        Assert.Equal((true, 1L, made), (change.IsNew, _state.Revision, Assert.Single(change.Affected)));
        Assert.Equal((Now.AddMicroseconds(-1), new DateTimeOffset(2026, 7, 2, 0, 0, 0, TimeSpan.Zero).AddMicroseconds(1)), (made.StartsAt, made.ExpiresAt));
        Assert.Equal(("user:boss", Now, "r"), (made.GrantedBy, made.GrantedAt, made.Reason));
        var audit = Assert.Single(change.Audit);
        Assert.Equal((AuditActions.RoleAssigned, "assignment", made.Id, "r", null), (audit.Action, audit.TargetType, audit.TargetId, audit.Reason, audit.Before));
    }

    [Fact]
    public void Assign_ManyMistakes_AreAllNamed()
    {
        Invalid(SubjectEditor.Assign(_state, new SubjectId("a:b", ".."), Role("viewer"), Draft with
        {
            StartsAt = Now.AddHours(2), ExpiresAt = Now.AddHours(1), Reason = new string('r', 2001),
            Scope = AttributeBag.Of(("", AttributeValue.Null), ("k\n", AttributeValue.Null)),
            Conditions = [new Condition("", AttributeBag.Empty)], Metadata = Scope("k", new string('v', 20_000)),
        }, "id", "user:boss", Now), "principal.type", "principal.id", "expires_at", "reason", "scope.", "scope.k\n", "conditions[0].type", "metadata");
        var match = AttributeBag.Of(
            ("attribute", AttributeValue.Of("resource.x")), ("operator", AttributeValue.Of("eq")), ("expected", AttributeValue.Of("\ud800")));
        Invalid(Assign(Draft with { Conditions = [new Condition("attribute_match", match)] }), "conditions[0].params");
        Invalid(Assign(Draft with { StartsAt = Now.AddHours(1), ExpiresAt = Now.AddHours(1) }), "expires_at");
        Invalid(Assign(Draft with { StartsAt = Now, ExpiresAt = Now.AddTicks(9) }), "expires_at");
        Invalid(Assign(Draft with { Scope = AttributeBag.Of(Enumerable.Range(0, 17).Select(i => KeyValuePair.Create($"k{i}", AttributeValue.Of(true)))) }), "scope");
        Invalid(SubjectEditor.Assign(_state, SubjectId.Team("t"), Role("viewer"), Draft, "id", "user:boss", Now), "principal.type");
    }

    [Fact]
    public void Assign_ScopeOfAnyKindOfValue_IsKeptWithinBounds()
    {
        var deep = Nested(31);
        foreach (var value in new[] { AttributeValue.Null, AttributeValue.Of(false), AttributeValue.Of(1.5m), AttributeValue.Of([AttributeValue.Of("a")]), deep })
        {
            var scope = AttributeBag.Of(("k", value));
            Assert.Equal(scope, Assert.Single(Take(Assign(Draft with { Scope = scope })).Affected).Scope);
            Assert.False(Assign(Draft with { Scope = scope }).Value!.IsNew);
        }
        Take(Assign(Draft with { Scope = Scope("k", new string('x', 1_021)) }));
        Invalid(Assign(Draft with { Scope = Scope("k", new string('x', 1_024)) }), "scope");
        Invalid(Assign(Draft with { Scope = AttributeBag.Of(("a", AttributeValue.Of(new string('x', 600))), ("b", AttributeValue.Of([AttributeValue.Of(new string('x', 600))]))) }), "scope");
        Invalid(Assign(Draft with { Scope = AttributeBag.Of(("k", AttributeValue.Of([AttributeValue.Of("\ud800")]))) }), "scope");
        Invalid(Assign(Draft with { Scope = AttributeBag.Of(("k", Nested(32))) }), "scope");

        static AttributeValue Nested(int depth) =>
            Enumerable.Range(0, depth).Aggregate(AttributeValue.Null, (inner, _) => AttributeValue.Of([inner]));
    }

    [Fact]
    public void Assign_AlreadyOver_IsExpiredAndToldOfByTheSweep()
    {
        var over = Draft with { StartsAt = Now.AddHours(-2), ExpiresAt = Now };
        var change = Take(Assign(over));
        Assert.Equal((true, AssignmentStatus.Expired, AuditActions.RoleAssigned), (change.IsNew, change.Affected.Single().StatusAt(Now), change.Audit.Single().Action));
        var swept = Take(SubjectEditor.Expire(_state, Alice, Now));
        Assert.Equal(("a0", AuditActions.RoleExpired), (swept.Affected.Single().Id, swept.Audit.Single().Action));
        Assert.True(Assign(over).Value is { IsNoOp: true, Affected: [{ Id: "a0" }] });
        Assert.True(Assign(over with { Reason = "another" }).Value!.IsNew);
        var nextOfThatId = Role("viewer") with { CreatedAt = Now.AddTicks(10) };
        Assert.True(SubjectEditor.Assign(_state, Alice, nextOfThatId, over, "x", "user:boss", Now).Value!.IsNew);
        Assert.True(Assign(Draft).Value!.IsNew);
    }

    [Fact]
    public void Assign_AnEndInThePastToALiveOne_EndsThatOne()
    {
        Take(Assign(Draft));
        var change = Take(Assign(Draft with { ExpiresAt = Now.AddHours(-1) }));
        Assert.Equal((false, "a0", AssignmentStatus.Expired), (change.IsNew, change.Affected.Single().Id, change.Affected.Single().StatusAt(Now)));
    }

    [Fact]
    public void Assign_AlreadyOverAndRevokedBefore_IsNew()
    {
        Take(Assign(Draft with { ExpiresAt = Now.AddHours(1) }));
        Take(Revoke(null));
        Assert.True(SubjectEditor.Assign(_state, Alice, Role("viewer"), Draft with { ExpiresAt = Now.AddHours(1) }, "x", "user:boss", Now.AddHours(2)).Value!.IsNew);
    }

    [Fact]
    public void Assign_SameRoleAndScope_UpdatesThatAssignment()
    {
        Take(Assign(Draft));
        Assert.True(SubjectEditor.Assign(_state, Alice, Role("viewer"), Draft, "x", "user:other", Now.AddDays(1)).Value is { IsNoOp: true, Affected: [{ Id: "a0" }] });
        Take(Assign(Draft with { Scope = Scope("region", "eu") }));
        var change = Take(Assign(Draft with { ExpiresAt = Now.AddHours(1) }));
        Assert.Equal((false, "a0", AuditActions.RoleAssignmentUpdated), (change.IsNew, Assert.Single(change.Affected).Id, Assert.Single(change.Audit).Action));
        Assert.NotNull(change.Audit[0].Before);
        Assert.Equal(["a0", "a1"], _state.Live.Select(assignment => assignment.Id));
    }

    [Fact]
    public void Assign_AfterTheEndOfTheOld_MakesANewOne()
    {
        Take(Assign(Draft with { ExpiresAt = Now.AddHours(1) }));
        var change = SubjectEditor.Assign(_state, Alice, Role("viewer"), Draft, "new", "user:boss", Now.AddHours(1)).Value!;
        Assert.True(change.IsNew);
        Assert.Equal("a0", Assert.Single(SubjectEditor.Expire(change.State, Alice, Now.AddHours(1)).Affected).Id);
    }

    [Fact]
    public void Assign_InactiveOrDeletingRole_IsAllowedOrNot()
    {
        Create(new RoleDraft { Name = "off", IsActive = false });
        Assert.True(SubjectEditor.Assign(_state, Alice, Role("off"), Draft, "x", "user:boss", Now).IsOk);
        Refused(ErrorCode.RoleNotFound, SubjectEditor.Assign(_state, Alice, Role("off") with { IsDeleting = true }, Draft, "x", "user:boss", Now));
    }

    [Fact]
    public void Assign_MoreThanTheLimit_IsRefusedButUpdatesGoOn()
    {
        for (var i = 0; i < 1_000; i++)
        {
            Take(Assign(Draft with { Scope = Scope("n", $"{i}") }));
        }
        Refused(ErrorCode.InvalidState, Assign(Draft));
        Take(Assign(Draft with { Scope = Scope("n", "0"), Reason = "again" }));
    }

    [Fact]
    public void Revoke_WithAndWithoutScope_EndsThoseMeant()
    {
        Take(Assign(Draft));
        Take(Assign(Draft with { Scope = Scope("region", "eu") }));
        Take(Assign(Draft with { Scope = Scope("region", "us") }));
        Assert.Equal("a1", Assert.Single(Take(Revoke(Scope("region", "eu"))).Affected).Id);
        var change = Take(Revoke(null));
        Assert.Equal(["a0", "a2"], change.Affected.Select(assignment => assignment.Id));
        Assert.All(change.Affected, assignment => Assert.Equal(Now, assignment.RevokedAt));
        Assert.All(change.Audit, entry => Assert.Equal(AuditActions.RoleRevoked, entry.Action));
        Assert.Equal((0, "a2 a0 a1"), (_state.Live.Length, string.Join(' ', _state.History.Select(assignment => assignment.Id))));
        Refused(ErrorCode.AssignmentNotFound, Revoke(null));
    }

    [Fact]
    public void Expire_MovesOnceToABoundedHistory()
    {
        for (var i = 0; i < 120; i++)
        {
            Take(Assign(Draft with { Scope = Scope("n", $"{i}"), ExpiresAt = Now.AddMinutes(1 + i) }));
        }
        Refused(ErrorCode.AssignmentNotFound, SubjectEditor.Revoke(_state, Alice, IdOf("viewer"), Scope("n", "0"), Now.AddMinutes(1)));
        Assert.True(SubjectEditor.Expire(_state, Alice, Now).IsNoOp);
        var change = Take(SubjectEditor.Expire(_state, Alice, Now.AddMinutes(110)));
        Assert.Equal((110, 110, 10, 100, "a109"),
            (change.Affected.Length, change.Audit.Length, _state.Live.Length, _state.History.Length, _state.History[0].Id));
        Assert.True(SubjectEditor.Expire(_state, Alice, Now.AddMinutes(110)).IsNoOp);
    }

    [Fact]
    public void Teams_JoinAndLeave_InOrdinalOrder()
    {
        Take(SubjectEditor.JoinTeam(_state, Alice, "b", Now));
        Take(SubjectEditor.JoinTeam(_state, Alice, "B", Now));
        Assert.Equal("B b", string.Join(' ', _state.Teams));
        Assert.True(SubjectEditor.JoinTeam(_state, Alice, "b", Now).Value!.IsNoOp);
        Assert.Equal(AuditActions.TeamMemberRemoved, Take(SubjectEditor.LeaveTeam(_state, Alice, "b", Now)).Audit.Single().Action);
        Refused(ErrorCode.NotFound, SubjectEditor.LeaveTeam(_state, Alice, "b", Now));
        Invalid(SubjectEditor.JoinTeam(_state, SubjectId.Team("t"), "\n", Now), "principal.type", "team");
    }

    private static AttributeBag Scope(string key, string value) => AttributeBag.Of((key, AttributeValue.Of(value)));

    private Result<SubjectChange> Assign(AssignmentDraft draft) => SubjectEditor.Assign(_state, Alice, Role("viewer"), draft, $"a{_ids++}", "user:boss", Now);

    private Result<SubjectChange> Revoke(AttributeBag? scope) => SubjectEditor.Revoke(_state, Alice, IdOf("viewer"), scope, Now);

    private SubjectChange Take(Result<SubjectChange> change)
    {
        Assert.True(change.IsOk, change.Error?.Detail);
        Assert.Equal(_state.Revision + 1, change.Value.State.Revision);
        _state = change.Value.State;
        return change.Value;
    }
}
