using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Conformance.Hosting;

namespace AuthzCluster.Conformance.Suites;

/// <summary>Every acknowledged change is in the log, once, in order, chained.</summary>
public abstract class AuditSuite(IHostFixture host) : HostSuite(host)
{
    [Fact]
    public async Task List_AfterManyWritersAtOnce_IsCompleteInOrderAndChained()
    {
        const int writers = 16, rounds = 10;
        await RoleAsync("reader", "invoices:read");
        await Task.WhenAll(Enumerable.Range(0, writers).Select(i => Task.Run(async () =>
        {
            for (var round = 0; round < rounds; round++)
            {
                Ok(await AssignAsync($"user{i}", "reader"));
                Ok(await RevokeAsync($"user{i}", "reader"));
                _ = await AuditAsync("role.revoked");
            }
        })));

        var records = await AuditAsync();
        Assert.Equal(Enumerable.Range(1, records.Count).Select(i => (long)i), records.Select(record => record.Sequence));
        Assert.Equal(records.Count, records.Select(record => record.Id).Distinct().Count());
        var previous = new string('0', 64);
        foreach (var record in records)
        {
            Assert.Equal(previous, record.PreviousHash);
            previous = record.Hash;
        }
        // tenant.created, role.created, then each writer's own in its order.
        Assert.Equal(2 + (writers * rounds * 2), records.Count);
        foreach (var target in records.Where(record => record.Entry.TargetType == "assignment").GroupBy(record => record.Entry.TargetId))
        {
            Assert.Equal(["role.assigned", "role.revoked"], target.Select(record => record.Entry.Action));
        }
    }

    [Fact]
    public async Task List_AfterAcknowledgement_HasTheRecordWithActorAndRequest()
    {
        await RoleAsync("reader", "invoices:read");
        var draft = new AssignmentDraft(SubjectId.User("alice")) { Reason = "audit season" };
        var given = Ok(await Host.Assignments.AssignAsync(Tenant, "reader", draft, new Caller(SubjectId.User("boss"), "request-7") { IsTrusted = true }));

        var record = (await AuditAsync())[^1];
        Assert.Equal("role.assigned", record.Entry.Action);
        Assert.Equal(("user:boss", "request-7"), (record.Actor, record.RequestId));
        Assert.Equal(given.Assignment.Id, record.Entry.TargetId);
        Assert.Equal("audit season", record.Entry.Reason);
        Assert.Equal(Now, record.Time);
    }

    [Fact]
    public async Task List_Filtered_StillTellsThePreviousHash()
    {
        await RoleAsync("reader", "invoices:read");
        for (var i = 0; i < 5; i++)
        {
            Ok(await AssignAsync($"user{i}", "reader"));
            Ok(await AssignAsync($"user{i}", "viewer"));
            Ok(await RevokeAsync($"user{i}", "reader"));
        }
        var all = (await AuditAsync()).ToDictionary(record => record.Sequence);
        var page = Ok(await Host.Audit.ListAsync(Tenant, new AuditQuery(null, 3) { Action = "role.revoked" }));

        Assert.Equal(3, page.Items.Count);
        Assert.Equal(page.Items.Select(record => record.Sequence).OrderDescending(), page.Items.Select(record => record.Sequence));
        Assert.All(page.Items, record => Assert.Equal(all[record.Sequence - 1].Hash, record.PreviousHash));
        Assert.NotNull(page.Next);
    }

    [Fact]
    public async Task Write_NothingChanges_NothingIsTold()
    {
        await RoleAsync("reader", "invoices:read");
        Ok(await AssignAsync("alice", "reader"));
        var before = (await AuditAsync()).Count;

        Ok(await AssignAsync("alice", "reader"));
        Ok(await Host.Roles.AddPermissionAsync(Tenant, "reader", "invoices:read", null, Admin));
        Assert.Equal(before, (await AuditAsync()).Count);
    }
}
