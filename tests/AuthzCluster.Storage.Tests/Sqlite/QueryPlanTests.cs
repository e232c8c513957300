using AuthzCluster.Actors.Ports;
using AuthzCluster.Storage.Sqlite;
using AuthzCluster.Storage.Sqlite.Native;
using AuthzCluster.Storage.Sqlite.Reading;
using AuthzCluster.Storage.Sqlite.Writing;

namespace AuthzCluster.Storage.Tests.Sqlite;

/// <summary>No read may cost what the rest of the store holds.</summary>
public sealed class QueryPlanTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();

    public static TheoryData<string> Queries => [.. ActorReads.Queries, .. AuditReads.Queries, .. RequestReads.Queries, .. RequestWrites.Queries];

    public async Task InitializeAsync() => await (await SqliteStore.OpenAsync(new(_directory.Path))).DisposeAsync();

    public Task DisposeAsync()
    {
        _directory.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public void Plan_OfARead_SearchesAnIndexAndDoesNotSort(string sql)
    {
        var steps = PlanOf(sql);

        Assert.Contains(steps, step => step.StartsWith("SEARCH", StringComparison.Ordinal));
        Assert.DoesNotContain(steps, step => step.StartsWith("SCAN", StringComparison.Ordinal) && step != "SCAN CONSTANT ROW");
        Assert.DoesNotContain(steps, step => step.Contains("B-TREE", StringComparison.Ordinal));
    }

    [Fact]
    public void Plan_OfWhatIsDueAndOfCounts_UsesTheIndexOfInstants() =>
        Assert.All(
            ActorReads.Queries.Where(sql => sql.Contains("at <=", StringComparison.Ordinal)),
            sql => Assert.Contains(PlanOf(sql), step => step.Contains("entry_at", StringComparison.Ordinal)));

    [Fact]
    public void Plan_OfAnAuditList_UsesTheIndexOfItsFilter()
    {
        var all = new AuditQuery(null, 10);
        (AuditQuery Query, string Index)[] lists =
        [
            (all, "audit_sequence"), (all with { Before = 9 }, "audit_sequence"), (all with { Actor = "user:a" }, "audit_actor"),
            (all with { Action = "role.created", Before = 9 }, "audit_action"), (all with { Target = "r1" }, "audit_about"),
            (all with { Target = "role:r1" }, "audit_about"), (all with { Target = "role:r1", Before = 9 }, "audit_about"),
        ];
        Assert.All(lists, list => Assert.Contains(
            PlanOf(AuditReads.ListSql(list.Query)), step => step.Contains(list.Index, StringComparison.Ordinal)));
        Assert.All(lists, list => Assert.DoesNotContain(PlanOf(AuditReads.ListSql(list.Query)), step => step.StartsWith("SCAN", StringComparison.Ordinal)));
    }

    private List<string> PlanOf(string sql)
    {
        using var db = Db.OpenToWrite(_directory.Database);
        using var plan = db.Use("EXPLAIN QUERY PLAN " + sql);
        var steps = new List<string>();
        while (plan.Step())
        {
            steps.Add(plan.TextAt(3));
        }

        return steps;
    }
}
