using System.Globalization;
using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Silo.Tests.Running;
using Npgsql;
using Xunit.Abstractions;

namespace AuthzCluster.Silo.Tests.Chaos;

/// <summary>
/// What ends just behind the kill of a silo is told in time, whichever of the silos had the grains of its subjects, the writers of the audit logs, or the look
/// for due work. The others take half a minute and more to find out that one is dead here, and so do writes to get over its lease: what waits for that is late.
/// </summary>
[Collection(ProcessCollection.Name)]
public sealed class KilledExpiryTests(ITestOutputHelper output)
{
    // More end at once than are seen to at once.
    private const int Tenants = 12, Users = 30, Ends = Tenants * (Users + 1);

    // Promised are two seconds; the rest is for a machine that is busy.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(2) + TimeSpan.FromSeconds(3), Ahead = TimeSpan.FromSeconds(20);
    private static readonly string[] Patient = ["--probe-timeout", "00:00:30", "--lease-duration", "00:00:40"];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Expiry_JustBehindAKill_IsToldInTimeAndOnce(int killed)
    {
        await using var cluster = await RunningCluster.StartAsync(2, more: Patient);
        var gateway = await cluster.GatewayAsync();
        await using var database = new NpgsqlConnection(cluster.Database);
        await database.OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, Tenants).Select(i => MakeAsync(gateway.Api, i)));
        var end = DateTimeOffset.UtcNow + Ahead;
        await Task.WhenAll(Enumerable.Range(0, Tenants).Select(i => AssignAsync(gateway.Api, i, end)));
        await Wait.UntilAsync("it is about to end", () => Task.FromResult(DateTimeOffset.UtcNow > end - TimeSpan.FromMilliseconds(300)));
        Assert.Equal(0, (await ToldAsync(database)).Count);

        await cluster.Silos[killed].Process.KillAsync();

        (long Count, DateTimeOffset Latest, DateTimeOffset Now) told = default;
        await Wait.UntilAsync("all is told", async () => (told = await ToldAsync(database)).Count >= Ends);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the last was ended {(told.Latest - end).TotalSeconds:f1} s late, and told after {(told.Now - end).TotalSeconds:f1} s"));
        Assert.InRange(told.Latest - end, TimeSpan.Zero, Late);
        Assert.InRange(told.Now - end, TimeSpan.Zero, Late);
        await Wait.UntilAsync("nothing waits", async () => await CountAsync(database, "SELECT count(*) FROM authz.outbox") == 0);
        Assert.Equal(Ends, await CountAsync(database, "SELECT count(*) FROM authz.audit WHERE action = 'role.expired'"));
        Assert.Equal(Ends, await CountAsync(database, "SELECT count(DISTINCT (tenant, target_id)) FROM authz.audit WHERE action = 'role.expired'"));
        Assert.Equal(0, await CountAsync(database, "SELECT count(*) FROM (SELECT tenant FROM authz.audit GROUP BY tenant HAVING max(sequence) <> count(*)) gaps"));
        for (var i = 0; i < Tenants; i++)
        {
            Assert.True((await gateway.Api.GetAsync($"/tenants/t{i}/api/v1/audit/verify")).Is(200)["intact"].GetBoolean());
        }
    }

    private static async Task MakeAsync(ApiClient api, int tenant)
    {
        (await api.PostAsync("/api/v1/tenants", new { id = $"t{tenant}" })).Is(201);
        (await api.PostAsync($"/tenants/t{tenant}/api/v1/roles", new { name = "clerk", permissions = new[] { "a:b" } })).Is(201);
    }

    private static async Task AssignAsync(ApiClient api, int tenant, DateTimeOffset end)
    {
        var rows = Enumerable.Range(0, Users).Select(user => new { user_id = $"u{user}", role = "clerk", expires_at = end });
        Assert.Equal(Users, (await api.PostAsync($"/tenants/t{tenant}/api/v1/import?format=assignments", rows)).Is(200)["created"].GetInt32());
        (await api.PostAsync($"/tenants/t{tenant}/api/v1/roles/clerk/assign", new { principal = new { type = "team", id = "ops" }, expires_at = end })).Is(200);
    }

    private static async Task<(long Count, DateTimeOffset Latest, DateTimeOffset Now)> ToldAsync(NpgsqlConnection database)
    {
        await using var command = new NpgsqlCommand(
            "SELECT count(*), to_timestamp(coalesce(max(at), 0) / 1e6), clock_timestamp() FROM authz.audit WHERE action = 'role.expired'", database);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<DateTimeOffset>(2));
    }

    private static async Task<long> CountAsync(NpgsqlConnection database, string sql)
    {
        await using var command = new NpgsqlCommand(sql, database);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
