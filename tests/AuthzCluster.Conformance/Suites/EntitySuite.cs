using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Conformance.Hosting;

namespace AuthzCluster.Conformance.Suites;

/// <summary>Stored entities are written, read, listed, imported and removed like everything else.</summary>
public abstract class EntitySuite(IHostFixture host) : HostSuite(host)
{
    private static readonly TenantId Acme = new("acme");

    [Fact]
    public async Task Put_MakesThenReplacesThenFindsUnchanged()
    {
        var made = Ok(await PutAsync("invoices:1", Bag("owner_id", "alice")));
        Host.Time.Advance(TimeSpan.FromMinutes(1));
        var replaced = Ok(await PutAsync("invoices:1", Bag("region", "eu")));
        Host.Time.Advance(TimeSpan.FromMinutes(1));
        var same = Ok(await PutAsync("invoices:1", Bag("region", "eu")));

        Assert.Equal((1, 2, 2), (made.Entity.Revision, replaced.Entity.Revision, same.Entity.Revision));
        Assert.Equal(Bag("region", "eu"), replaced.Entity.Properties);
        Assert.Equal((made.Entity.CreatedAt, made.Entity.CreatedAt.AddMinutes(1)), (replaced.Entity.CreatedAt, replaced.Entity.UpdatedAt));
        Assert.Equal(replaced, same);
        Assert.Equal(replaced, Ok(await Host.Entities.GetAsync(Tenant, Entity("invoices:1"))));
        await Host.CrashAndRestartAsync();
        Assert.Equal(replaced, Ok(await Host.Entities.GetAsync(Tenant, Entity("invoices:1"))));
    }

    [Fact]
    public async Task Changes_AreOnTheAuditLogWithBeforeAndAfter()
    {
        Ok(await PutAsync("user:alice", Bag("level", "1")));
        Ok(await PutAsync("user:alice", Bag("level", "2")));
        Ok(await PutAsync("user:alice", Bag("level", "2")));
        Ok(await DeleteAsync("user:alice"));

        var told = (await AuditAsync()).Where(record => record.Entry.TargetType == "entity").Select(record => record.Entry).ToList();
        Assert.Equal(["entity.created", "entity.updated", "entity.deleted"], told.Select(entry => entry.Action));
        Assert.All(told, entry => Assert.Equal("user:alice", entry.TargetId));
        Assert.Equal([null, Told("1"), Told("2")], told.Select(entry => entry.Before));
        Assert.Equal([Told("1"), Told("2"), null], told.Select(entry => entry.After));

        static AttributeBag? Told(string level) => AttributeBag.Of(
            ("type", AttributeValue.Of("user")), ("id", AttributeValue.Of("alice")), ("properties", AttributeValue.Of(Bag("level", level))));
    }

    [Fact]
    public async Task Delete_ThenPutAgain_IsAnotherThatNoOldVersionFits()
    {
        Refused(ErrorCode.NotFound, await DeleteAsync("user:alice"));
        Ok(await PutAsync("user:alice", Bag("level", "1")));
        Ok(await DeleteAsync("user:alice"));
        Refused(ErrorCode.NotFound, await DeleteAsync("user:alice"));
        Refused(ErrorCode.NotFound, await Host.Entities.GetAsync(Tenant, Entity("user:alice")));
        Assert.Empty(Ok(await Host.Entities.ListAsync(Tenant, "user", null, 10)).Items);

        await Host.RestartAsync();
        Refused(ErrorCode.PreconditionFailed, await PutAsync("user:alice", Bag("level", "1"), ifVersion: 1));
        Assert.Equal(3, Ok(await PutAsync("user:alice", Bag("level", "1"))).Entity.Revision);
        Refused(ErrorCode.PreconditionFailed, await DeleteAsync("user:alice", ifVersion: 1));
        Ok(await DeleteAsync("user:alice", ifVersion: 3));
    }

    [Fact]
    public async Task Put_AtAVersion_OneOfTwoIsDone()
    {
        Ok(await PutAsync("user:alice", Bag("level", "1")));
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => PutAsync("user:alice", Bag("level", $"{i + 2}"), ifVersion: 1))));

        Assert.Single(results, result => result.IsOk);
        Assert.All(results.Where(result => !result.IsOk), result => Refused(ErrorCode.PreconditionFailed, result));
    }

    [Theory]
    [InlineData("", "1", "type")]
    [InlineData("a:b", "1", "type")]
    [InlineData("invoices", "..", "id")]
    [InlineData("invoices", "a\nb", "id")]
    public async Task Put_BadTypeOrId_IsRefusedAndChangesNothing(string type, string id, string field)
    {
        var revision = Ok(await Host.Tenants.GetAsync(Tenant)).Revision;
        var refused = await Host.Entities.PutAsync(Tenant, new EntityId(type, id), AttributeBag.Empty, null, Admin);

        Refused(ErrorCode.ValidationFailed, refused);
        Assert.Equal([field], refused.Error!.Fields.Select(error => error.Field));
        Assert.Equal(revision, Ok(await Host.Tenants.GetAsync(Tenant)).Revision);
    }

    [Fact]
    public async Task Put_MoreThan64KiBOfText_IsRefused()
    {
        Ok(await PutAsync("user:alice", Bag("text", new string('x', 65_000))));
        Refused(ErrorCode.ValidationFailed, await PutAsync("user:alice", Bag("text", new string('x', 66_000))));
        Assert.Equal(1, Ok(await Host.Entities.GetAsync(Tenant, Entity("user:alice"))).Entity.Revision);
    }

    [Fact]
    public async Task Put_MoreThanAThousandTypes_IsRefusedAndTheOthersGoOn()
    {
        var rows = Enumerable.Range(0, 1000).Select(i => new EntityRow(new EntityId($"type{i}", "1"), AttributeBag.Empty)).ToArray();
        Assert.All(Ok(await Host.Entities.ImportAsync(Tenant, rows, dryRun: false, Admin)).Rows, row => Assert.Null(row.Error));

        Refused(ErrorCode.ValidationFailed, await PutAsync("one-more:1", AttributeBag.Empty));
        Refused(ErrorCode.ValidationFailed, await Host.Entities.ImportAsync(Tenant, [new(new EntityId("one-more", "1"), AttributeBag.Empty)], dryRun: true, Admin));
        Ok(await PutAsync("type7:2", AttributeBag.Empty));
    }

    [Fact]
    public async Task List_OfAType_IsInPagesInOrderOfIds()
    {
        string[] ids = ["A", "a", "a/b", "b", "ä", "\U0001F600"];
        foreach (var id in ids.Reverse())
        {
            Ok(await PutAsync($"invoices:{id}", Bag("id", id)));
        }
        Ok(await PutAsync("Invoices:z", AttributeBag.Empty));
        Ok(await Host.Tenants.CreateAsync(Acme, new TenantPatch(), Admin));
        Ok(await PutAsync("invoices:other", AttributeBag.Empty, tenant: Acme));

        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = Ok(await Host.Entities.ListAsync(Tenant, "invoices", after, 2));
            Assert.InRange(page.Items.Count, 1, 2);
            seen.AddRange(page.Items.Select(item => item.Id.Id));
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal(ids, seen);
        Assert.Empty(Ok(await Host.Entities.ListAsync(Tenant, "orders", null, 10)).Items);
    }

    [Fact]
    public async Task DeleteTenant_ThenCreateAgain_NoEntityComesBack()
    {
        Ok(await Host.Tenants.CreateAsync(Acme, new TenantPatch(), Admin));
        Ok(await PutAsync("user:alice", Bag("level", "1"), tenant: Acme));
        Ok(await Host.Tenants.DeleteAsync(Acme, null, Admin));
        Refused(ErrorCode.TenantNotFound, await PutAsync("user:alice", Bag("level", "1"), tenant: Acme));
        Refused(ErrorCode.TenantNotFound, await Host.Entities.GetAsync(Acme, Entity("user:alice")));

        Ok(await Host.Tenants.CreateAsync(Acme, new TenantPatch(), Admin));
        Refused(ErrorCode.NotFound, await Host.Entities.GetAsync(Acme, Entity("user:alice")));
        Assert.Empty(Ok(await Host.Entities.ListAsync(Acme, "user", null, 10)).Items);
        Assert.Equal(1, Ok(await PutAsync("user:alice", Bag("level", "1"), tenant: Acme)).Entity.Revision);
    }

    [Fact]
    public async Task Write_ByOneWithoutTheRight_IsRefusedInTheTurnAndInAnImport()
    {
        await RoleAsync("importer", "authz.model:import");
        await RoleAsync("writer", "authz.entities:update");
        Ok(await AssignAsync("carl", "importer"));
        Ok(await AssignAsync("bob", "writer"));
        var (carl, eve, bob) = (new Caller(SubjectId.User("carl"), "r"), new Caller(SubjectId.User("eve"), "r"), new Caller(SubjectId.User("bob"), "r"));
        Ok(await PutAsync("invoices:1", Bag("owner_id", "alice")));

        Refused(ErrorCode.Forbidden, await Host.Entities.PutAsync(Tenant, Entity("invoices:1"), Bag("owner_id", "eve"), null, eve));
        Refused(ErrorCode.Forbidden, await Host.Entities.PutAsync(Tenant, Entity("invoices:1"), Bag("owner_id", "carl"), null, carl));
        Refused(ErrorCode.Forbidden, await Host.Entities.DeleteAsync(Tenant, Entity("invoices:1"), null, bob));
        var rows = new[] { new EntityRow(Entity("invoices:1"), Bag("owner_id", "eve")), new EntityRow(Entity("others:1"), Bag("owner_id", "eve")) };
        foreach (var caller in new[] { eve, bob })
        {
            var report = Ok(await Host.Entities.ImportAsync(Tenant, rows, dryRun: false, caller));
            Assert.All(report.Rows, row => Assert.Equal(ErrorCode.Forbidden, row.Error?.Code));
        }
        Assert.Equal("alice", Ok(await Host.Entities.GetAsync(Tenant, Entity("invoices:1"))).Entity.Properties.Single().Value.AsString);
        Ok(await Host.Entities.PutAsync(Tenant, Entity("invoices:1"), Bag("owner_id", "bob"), null, bob));
        Assert.Equal((1, 1, 0), Counts(Ok(await Host.Entities.ImportAsync(Tenant, rows, dryRun: false, carl))));
    }

    [Fact]
    public async Task Import_Twice_MakesThenFindsUnchanged()
    {
        var rows = Enumerable.Range(0, 100).Select(i => Row($"invoices:{i % 50}", $"{i}")).ToArray();
        Assert.Equal((50, 50, 0), Counts(Ok(await Host.Entities.ImportAsync(Tenant, rows, dryRun: true, Admin))));
        Assert.Empty(Ok(await Host.Entities.ListAsync(Tenant, "invoices", null, 10)).Items);

        Assert.Equal((50, 50, 0), Counts(Ok(await Host.Entities.ImportAsync(Tenant, rows, dryRun: false, Admin))));
        Assert.Equal(Bag("v", "63"), Ok(await Host.Entities.GetAsync(Tenant, Entity("invoices:13"))).Entity.Properties);
        Assert.Equal((0, 0, 50), Counts(Ok(await Host.Entities.ImportAsync(Tenant, rows[50..], dryRun: true, Admin))));
        Assert.Equal((0, 0, 50), Counts(Ok(await Host.Entities.ImportAsync(Tenant, rows[50..], dryRun: false, Admin))));
    }

    [Fact]
    public async Task Import_BadRows_AreAllNamedAndNothingIsDone()
    {
        EntityRow[] rows = [Row("invoices:1", "1"), Row("invoices:.", "1"), Row("invoices:2", new string('x', 70_000)), Row("invoices:3", "1")];
        var refused = await Host.Entities.ImportAsync(Tenant, rows, dryRun: false, Admin);

        Refused(ErrorCode.ValidationFailed, refused);
        Assert.Equal(["rows[1].id", "rows[2].properties"], refused.Error!.Fields.Select(field => field.Field));
        Assert.Empty(Ok(await Host.Entities.ListAsync(Tenant, "invoices", null, 10)).Items);
    }

    [Fact]
    public async Task Import_SomeCommitsFail_TheirRowsFailAloneAndARepeatCompletes()
    {
        var rows = Enumerable.Range(0, 20).Select(i => Row($"invoices:{i}", "1")).ToArray();
        Host.Store.FailCommits(commit => commit.Key.Kind is "en" && commit.Key.Entity.Id.EndsWith('3') ? CommitFault.FailBefore : CommitFault.None);
        var first = Ok(await Host.Entities.ImportAsync(Tenant, rows, dryRun: false, Admin));
        Assert.Equal((18, 2), (first.Count(RowStatus.Created), first.Count(RowStatus.Failed)));
        Assert.Equal(ErrorCode.Unavailable, first.Rows[13].Error?.Code);

        Host.Store.Heal();
        Assert.Equal((2, 0, 18), Counts(Ok(await Host.Entities.ImportAsync(Tenant, rows, dryRun: false, Admin))));
    }

    private static (int, int, int) Counts(RowsReport report) =>
        (report.Count(RowStatus.Created), report.Count(RowStatus.Updated), report.Count(RowStatus.Unchanged));

    private static EntityRow Row(string entity, string value) => new(Entity(entity), Bag("v", value));
}
