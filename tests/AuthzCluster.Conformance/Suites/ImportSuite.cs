using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Conformance.Hosting;

namespace AuthzCluster.Conformance.Suites;

/// <summary>Models in one commit; assignments row by row, after all were found good.</summary>
public abstract class ImportSuite(IHostFixture host) : HostSuite(host)
{
    [Fact]
    public async Task ImportAssignments_Twice_MakesThenFindsUnchanged()
    {
        await RoleAsync("reader", "invoices:read");
        await RoleAsync("writer", "invoices:write");
        var rows = Enumerable.Range(0, 200).Select(i => Row(i % 2 == 0 ? "reader" : "writer", $"user{i / 2}"))
            .Append(Row("reader", "team:finance")).Append(Row("reader", "user0")).ToArray();

        var first = Ok(await Host.Transfer.ImportAssignmentsAsync(Tenant, rows, dryRun: false, Admin));
        Assert.Equal(Enumerable.Range(0, rows.Length), first.Rows.Select(row => row.Row));
        Assert.Equal((201, 1), (first.Count(RowStatus.Created), first.Count(RowStatus.Unchanged)));
        Assert.True(await MayAsync("user99", "invoices:write"));

        var second = Ok(await Host.Transfer.ImportAssignmentsAsync(Tenant, rows, dryRun: false, Admin));
        Assert.Equal(rows.Length, second.Count(RowStatus.Unchanged));
        Assert.Equal(201, (await AuditAsync("role.assigned")).Count);
    }

    [Fact]
    public async Task ImportAssignments_BadRows_AreAllNamedAndNothingIsDone()
    {
        await RoleAsync("reader", "invoices:read");
        AssignmentRow[] rows =
        [
            Row("reader", "alice"), Row("nobody", "alice"), new("reader", new AssignmentDraft(new SubjectId("user", ""))), Row("none", "bob"),
        ];
        var refused = await Host.Transfer.ImportAssignmentsAsync(Tenant, rows, dryRun: false, Admin);

        Refused(ErrorCode.ValidationFailed, refused);
        Assert.Equal(["rows[1].role", "rows[2]", "rows[3].role"], refused.Error!.Fields.Select(field => field.Field.StartsWith("rows[2]", StringComparison.Ordinal) ? "rows[2]" : field.Field).Distinct());
        Assert.False(await MayAsync("alice", "invoices:read"));
    }

    [Fact]
    public async Task ImportAssignments_DryRun_TellsButChangesNothing()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("alice", "reader"));
        var report = Ok(await Host.Transfer.ImportAssignmentsAsync(
            Tenant, [Row("reader", "alice"), Row("reader", "bob"), Row("reader", "team:t")], dryRun: true, Admin));

        Assert.Equal([RowStatus.Unchanged, RowStatus.Created, RowStatus.Created], report.Rows.Select(row => row.Status));
        Assert.False(await MayAsync("bob", "invoices:read"));
        Assert.Single(await HoldersAsync("reader"));
    }

    [Fact]
    public async Task ImportAssignments_SomeCommitsFail_TheirRowsFailAloneAndARepeatCompletes()
    {
        await RoleAsync("reader", "invoices:read");
        var rows = Enumerable.Range(0, 20).Select(i => Row("reader", $"user{i}")).ToArray();
        Host.Store.FailCommits(commit => commit.Key.IsSubject && commit.Key.Subject.Id.EndsWith('3') ? CommitFault.FailBefore : CommitFault.None);
        var first = Ok(await Host.Transfer.ImportAssignmentsAsync(Tenant, rows, dryRun: false, Admin));
        Assert.Equal((18, 2), (first.Count(RowStatus.Created), first.Count(RowStatus.Failed)));
        Assert.Equal(ErrorCode.Unavailable, first.Rows[13].Error?.Code);

        Host.Store.Heal();
        var second = Ok(await Host.Transfer.ImportAssignmentsAsync(Tenant, rows, dryRun: false, Admin));
        Assert.Equal((2, 18), (second.Count(RowStatus.Created), second.Count(RowStatus.Unchanged)));
    }

    [Fact]
    public async Task ImportModel_Twice_MakesInOneCommitThenChangesNothing()
    {
        var import = new ModelImport(
            [new RoleDraft { Name = "child", Parents = [new ParentDraft("parent")] }, new RoleDraft { Name = "parent", Permissions = ["invoices:read"] }])
        {
            TeamGrants = [Row("child", "team:finance")],
            Policies = [new PolicyDraft { Id = "night", Name = "night", Effect = PolicyEffect.Deny, Actions = ["pay"] }],
        };
        var trial = Ok(await Host.Transfer.ImportModelAsync(Tenant, import, dryRun: true, Admin));
        Assert.Equal((2, 1), (trial.Created, trial.PoliciesCreated));
        Refused(ErrorCode.RoleNotFound, await Host.Roles.GetAsync(Tenant, "child"));

        Assert.Equal(2, Ok(await Host.Transfer.ImportModelAsync(Tenant, import, dryRun: false, Admin)).Created);
        Ok(await AssignAsync("alice", "child"));
        Assert.True(await MayAsync("alice", "invoices:read"));
        var revision = Ok(await Host.Tenants.GetAsync(Tenant)).Revision;

        var again = Ok(await Host.Transfer.ImportModelAsync(Tenant, import, dryRun: false, Admin));
        Assert.Equal((0, 0, 2, 0), (again.Created, again.Updated, again.Unchanged, again.PoliciesCreated));
        Assert.Equal(revision, Ok(await Host.Tenants.GetAsync(Tenant)).Revision);
    }

    private static AssignmentRow Row(string role, string principal) => new(role, new AssignmentDraft(SubjectId.Parse(principal)));
}
