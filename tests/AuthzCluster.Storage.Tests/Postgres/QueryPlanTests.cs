using System.Text.RegularExpressions;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Storage.Postgres.Leases;
using AuthzCluster.Storage.Postgres.Reading;
using AuthzCluster.Storage.Postgres.Writing;
using Npgsql;

namespace AuthzCluster.Storage.Tests.Postgres;

/// <summary>No statement may cost what the rest of the store holds: with the settings of the store's connections each is looked up.</summary>
public sealed partial class QueryPlanTests
{
    public static TheoryData<string> Queries
    {
        get
        {
            var all = new AuditQuery(null, 10);
            return
            [
                .. ActorReads.Queries, .. AuditReads.Queries, .. RequestReads.Queries, .. RequestWrites.Queries, .. LeaseStatements.Queries,
                AuditReads.ListSql(all), AuditReads.ListSql(all with { Before = 9, Actor = "user:a" }), AuditReads.ListSql(all with { Action = "role.created" }),
                AuditReads.ListSql(all with { Target = "r1" }), AuditReads.ListSql(all with { Target = "role:r1", Before = 9 }),
            ];
        }
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Plan_OfAStatement_ReadsNoTableFromEndToEnd(string sql)
    {
        await using var connection = new NpgsqlConnection(await PostgresDatabases.CreateAsync() + ";Pooling=false");
        await connection.OpenAsync();
        var nulls = string.Join(", ", Parameter().Matches(sql).Select(match => match.Value).Distinct().Select(_ => "NULL"));
        var steps = new List<string>();
        await using var explain = new NpgsqlCommand(
            $"SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan; PREPARE s AS {sql}; EXPLAIN EXECUTE s{(nulls.Length > 0 ? $"({nulls})" : "")}", connection);
        await using var reader = await explain.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            steps.Add(reader.GetString(0));
        }

        Assert.DoesNotContain(steps, step => step.Contains("Seq Scan on", StringComparison.Ordinal));
        Assert.Contains(steps, step => step.Contains("Index", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\$\d+")]
    private static partial Regex Parameter();
}
