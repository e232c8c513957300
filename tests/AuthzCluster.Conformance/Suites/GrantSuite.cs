using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Conformance.Hosting;

namespace AuthzCluster.Conformance.Suites;

/// <summary>Give, ask, take back.</summary>
public abstract class GrantSuite(IHostFixture host) : HostSuite(host)
{
    [Fact]
    public async Task ListRoles_OfAPage_CountsTheirHoldersAllAtOnce()
    {
        for (var i = 0; i < 20; i++)
        {
            await RoleAsync($"role{i:00}", "a:read");
        }
        Ok(await AssignAsync("alice", "role07"));
        Ok(await AssignAsync("bob", "role07"));
        Ok(await AssignAsync("bob", "role09"));
        var before = Host.Store.CountsOf(Tenant);

        var page = Ok(await Host.Roles.ListAsync(Tenant, new RoleQuery(null, 1000) { Text = "role" }));

        Assert.Equal(1, Host.Store.CountsOf(Tenant) - before);
        Assert.Equal(20, page.Items.Count);
        Assert.Equal(["role07 2", "role09 1"], page.Items.Where(view => view.UserCount > 0).Select(view => $"{view.Role.Name} {view.UserCount}"));
    }

    [Fact]
    public async Task Evaluate_GrantedThenRevoked_AllowsThenDenies()
    {
        await RoleAsync("reader", "invoices:read");
        Assert.Equal(DecisionReason.NoAssignment, Ok(await EvaluateAsync("alice", "invoices:read")).Reason);

        Ok(await AssignAsync("alice", "reader"));
        Assert.True(await MayAsync("alice", "invoices:read"));
        Assert.False(await MayAsync("service:alice", "invoices:read"));

        Assert.Equal(1, Ok(await RevokeAsync("alice", "reader")));
        Assert.False(await MayAsync("alice", "invoices:read"));
    }

    [Fact]
    public async Task Revoke_Twice_SecondIsNotFound()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("alice", "reader"));
        Ok(await RevokeAsync("alice", "reader"));

        Refused(ErrorCode.AssignmentNotFound, await RevokeAsync("alice", "reader"));
        Assert.Single(await AuditAsync("role.revoked"));
    }

    [Fact]
    public async Task Assign_UnknownRoleOrTenant_IsRefused()
    {
        Refused(ErrorCode.RoleNotFound, await AssignAsync("alice", "nobody"));
        Refused(ErrorCode.TenantNotFound, await AssignInAsync(new TenantId("elsewhere"), "alice", "viewer"));
        Refused(ErrorCode.TenantNotFound, await EvaluateAsync("alice", "invoices:read", new TenantId("elsewhere")));
    }

    [Fact]
    public async Task Assign_BuiltInRole_IsAllowedAtOnce()
    {
        Ok(await AssignAsync("alice", "viewer"));

        Assert.True(await MayAsync("alice", "anything:read"));
    }

    [Fact]
    public async Task Assign_SameScopeAgain_KeepsTheAssignment()
    {
        await RoleAsync("reader", "invoices:read");
        var first = Ok(await AssignAsync("alice", "reader"));
        var again = Ok(await AssignAsync("alice", "reader", until: Now.AddHours(1)));

        Assert.Equal(first.Assignment.Id, again.Assignment.Id);
        Assert.Single(await HoldersAsync("reader"));
    }

    [Fact]
    public async Task EditRole_PermissionAdded_CountsForHoldersAtOnce()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("alice", "reader"));
        Assert.False(await MayAsync("alice", "orders:read"));

        Ok(await Host.Roles.AddPermissionAsync(Tenant, "reader", "orders:read", null, Admin));
        Assert.True(await MayAsync("alice", "orders:read"));

        Ok(await Host.Roles.RemovePermissionAsync(Tenant, "reader", "orders:read", null, Admin));
        Assert.False(await MayAsync("alice", "orders:read"));
    }

    [Fact]
    public async Task Team_GrantAndMembership_BothCount()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("team:finance", "reader"));
        Assert.False(await MayAsync("alice", "invoices:read"));

        Assert.True(Ok(await Host.Assignments.JoinTeamAsync(Tenant, "finance", SubjectId.User("alice"), Admin)));
        Assert.False(Ok(await Host.Assignments.JoinTeamAsync(Tenant, "finance", SubjectId.User("alice"), Admin)));
        Assert.True(await MayAsync("alice", "invoices:read"));
        Assert.Equal([SubjectId.User("alice")], Ok(await Host.Assignments.ListTeamMembersAsync(Tenant, "finance", null, 10)).Items);
        Assert.Equal(["finance"], Ok(await Host.Assignments.ListTeamsAsync(Tenant, SubjectId.User("alice"))));

        Assert.Equal(1, Ok(await RevokeAsync("team:finance", "reader")));
        Assert.False(await MayAsync("alice", "invoices:read"));

        Ok(await AssignAsync("team:finance", "reader"));
        Ok(await Host.Assignments.LeaveTeamAsync(Tenant, "finance", SubjectId.User("alice"), Admin));
        Refused(ErrorCode.NotFound, await Host.Assignments.LeaveTeamAsync(Tenant, "finance", SubjectId.User("alice"), Admin));
        Assert.False(await MayAsync("alice", "invoices:read"));
    }

    [Fact]
    public async Task UserCount_SubjectsAndTeams_CountsSubjectsOnce()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("alice", "reader"));
        var scoped = new AssignmentDraft(SubjectId.User("alice")) { Scope = AttributeBag.Of(("project", AttributeValue.Of("p1"))) };
        Ok(await Host.Assignments.AssignAsync(Tenant, "reader", scoped, Admin));
        Ok(await AssignAsync("bob", "reader", until: Now.AddHours(1)));
        Ok(await AssignAsync("team:finance", "reader"));
        Assert.Equal(2, Ok(await Host.Roles.GetAsync(Tenant, "reader")).UserCount);

        Host.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, Ok(await Host.Roles.GetAsync(Tenant, "reader")).UserCount);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task ListByRole_AnyPageSize_ListsEachHoldingOnceInOrder(int limit)
    {
        await RoleAsync("reader", "invoices:read");
        string[] principals = ["user:a", "user:b", "service:a", "team:t", "team:zz", "user:d|#/+%", "zebra:z"];
        foreach (var principal in principals)
        {
            Ok(await AssignAsync(principal, "reader"));
            var scoped = new AssignmentDraft(SubjectId.Parse(principal)) { Scope = AttributeBag.Of(("project", AttributeValue.Of("p1"))) };
            Ok(await Host.Assignments.AssignAsync(Tenant, "reader", scoped, Admin));
        }
        Ok(await RevokeAsync("user:b", "reader"));

        var seen = new List<(SubjectId, string)>();
        string? after = null;
        do
        {
            var page = Ok(await Host.Assignments.ListByRoleAsync(Tenant, "reader", new(after, limit)));
            Assert.True(page.Items.Count <= limit);
            seen.AddRange(page.Items.Select(view => (view.Principal, view.Assignment.Id)));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(seen.Distinct(), seen);
        Assert.Equal(12, seen.Count);
        Assert.Equal(
            ["service:a", "team:t", "team:zz", "user:a", "user:d|#/+%", "zebra:z"],
            seen.Select(item => item.Item1.ToString()).Distinct());
    }

    [Fact]
    public async Task ListByPrincipal_EndedOnes_OnlyWhenAskedFor()
    {
        await RoleAsync("reader", "invoices:read");
        await RoleAsync("writer", "invoices:write");
        await RoleAsync("later", "invoices:purge");
        Ok(await AssignAsync("alice", "reader"));
        Ok(await AssignAsync("alice", "writer", until: Now.AddMinutes(1)));
        Ok(await AssignAsync("alice", "later", from: Now.AddMinutes(2)));
        Host.Time.Advance(TimeSpan.FromMinutes(1));
        Ok(await RevokeAsync("alice", "reader"));

        var alice = SubjectId.User("alice");
        Assert.Empty(Ok(await Host.Assignments.ListByPrincipalAsync(Tenant, alice, null, includeInactive: false)));
        var all = Ok(await Host.Assignments.ListByPrincipalAsync(Tenant, alice, null, includeInactive: true));
        Assert.Equal(
            [("later", AssignmentStatus.Scheduled), ("reader", AssignmentStatus.Revoked), ("writer", AssignmentStatus.Expired)],
            all.Select(view => (view.RoleName, view.Status)).Order());
        var future = Ok(await Host.Assignments.ListByPrincipalAsync(Tenant, alice, Now.AddMinutes(5), includeInactive: false));
        Assert.Equal(["later"], future.Select(view => view.RoleName));
    }

    [Fact]
    public async Task Restart_AfterChanges_EverythingIsAsAcknowledged()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("alice", "reader"));
        Ok(await AssignAsync("bob", "reader"));
        Ok(await AssignAsync("team:finance", "reader"));
        Ok(await Host.Assignments.JoinTeamAsync(Tenant, "finance", SubjectId.User("carol"), Admin));
        Ok(await RevokeAsync("bob", "reader"));
        var before = await AuditAsync();

        await Host.CrashAndRestartAsync();

        Assert.True(await MayAsync("alice", "invoices:read"));
        Assert.False(await MayAsync("bob", "invoices:read"));
        Assert.True(await MayAsync("carol", "invoices:read"));
        Assert.Equal(before.Select(record => record.Hash), (await AuditAsync()).Select(record => record.Hash));
    }

    [Fact]
    public async Task Explain_Granted_AgreesWithEvaluate()
    {
        await RoleAsync("reader", "invoices:read");
        var given = Ok(await AssignAsync("alice", "reader"));

        var explanation = Ok(await Host.Decisions.ExplainAsync(Tenant, Question("alice", "invoices:read"), Now));
        Assert.Equal(Ok(await EvaluateAsync("alice", "invoices:read")), explanation.Decision);
        Assert.Equal(given.Assignment.Id, Assert.Single(explanation.Trace).Assignment);
        var listed = Ok(await Host.Decisions.ListPermissionsAsync(Tenant, SubjectId.User("alice"), Now));
        Assert.Equal("invoices:read", Assert.Single(listed).Permission.ToString());
    }

    [Fact]
    public async Task Roles_ListQueryAndPages_AreInOrderOfNames()
    {
        foreach (var name in new[] { "beta", "alpha", "Gamma" })
        {
            await RoleAsync(name);
        }
        var first = Ok(await Host.Roles.ListAsync(Tenant, new Actors.Ports.RoleQuery(null, 2) { IncludeBuiltIn = false }));
        Assert.Equal(["Gamma", "alpha"], first.Items.Select(view => view.Role.Name));
        var second = Ok(await Host.Roles.ListAsync(Tenant, new Actors.Ports.RoleQuery(first.Next, 2) { IncludeBuiltIn = false }));
        Assert.Equal(["beta"], second.Items.Select(view => view.Role.Name));
        Assert.Null(second.Next);
        var found = Ok(await Host.Roles.ListAsync(Tenant, new Actors.Ports.RoleQuery(null, 10) { Text = "GAMM" }));
        Assert.Equal(["Gamma"], found.Items.Select(view => view.Role.Name));
        Assert.Equal(new RoleId("role_viewer"), Ok(await Host.Roles.GetAsync(Tenant, "viewer")).Role.Id);
    }
}
