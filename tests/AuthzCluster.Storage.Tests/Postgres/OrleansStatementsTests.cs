using Npgsql;

namespace AuthzCluster.Storage.Tests.Postgres;

/// <summary>The statements that Orleans' providers read by their keys, run as those run them: by name, on a connection whose search path has the schema.</summary>
public sealed class OrleansStatementsTests : IAsyncLifetime
{
    private static readonly DateTime Start = new(2026, 7, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly Dictionary<string, string> _statements = new(StringComparer.Ordinal);
    private NpgsqlDataSource _source = null!;

    public async Task InitializeAsync()
    {
        _source = NpgsqlDataSource.Create(await PostgresDatabases.CreateAsync() + ";Search Path=authz");
        foreach (var row in await RowsAsync("SELECT QueryKey, QueryText FROM OrleansQuery"))
        {
            _statements.Add((string)row["querykey"]!, (string)row["querytext"]!);
        }
    }

    public async Task DisposeAsync() => await _source.DisposeAsync();

    [Fact]
    public async Task InsertVersion_Twice_IsMadeOnce()
    {
        Assert.True(await SaysAsync("InsertMembershipVersionKey"));
        Assert.False(await SaysAsync("InsertMembershipVersionKey"));

        var row = Assert.Single(await RunAsync("MembershipReadAllKey"));
        Assert.Equal(0, row["Version"]);
        Assert.Null(row["StartTime"]);
    }

    [Fact]
    public async Task InsertAndUpdate_UnderTheVersionThatWasRead_MoveIt()
    {
        await SaysAsync("InsertMembershipVersionKey");

        Assert.True(await InsertAsync(port: 1, version: 0));
        Assert.False(await InsertAsync(port: 2, version: 0));
        Assert.False(await InsertAsync(port: 1, version: 1));
        Assert.True(await InsertAsync(port: 2, version: 1));
        Assert.True(await UpdateAsync(port: 1, version: 2, status: 3));
        Assert.False(await UpdateAsync(port: 1, version: 2, status: 4));
        Assert.False(await UpdateAsync(port: 9, version: 3, status: 4));

        var all = await RunAsync("MembershipReadAllKey");
        Assert.Equal([(1, 3, 3), (2, 1, 3)], all.Select(row => ((int)row["Port"]!, (int)row["Status"]!, (int)row["Version"]!)).Order());
        var one = Assert.Single(await RunAsync("MembershipReadRowKey", Silo(1)));
        Assert.Equal((Start, Start, "silo1", "10.0.0.1"), (one["StartTime"], one["IAmAliveTime"], one["SiloName"], one["Address"]));
        Assert.Equal(1001, Assert.Single(await RunAsync("GatewaysQueryKey", ("Status", 3)))["ProxyPort"]);
    }

    [Fact]
    public async Task Insert_ManyUnderOneVersion_OneIsIn()
    {
        await SaysAsync("InsertMembershipVersionKey");

        var answers = await Task.WhenAll(Enumerable.Range(1, 16).Select(port => Task.Run(() => InsertAsync(port, version: 0))));

        Assert.Single(answers, true);
        Assert.Equal(1, Assert.Single(await RunAsync("MembershipReadAllKey"))["Version"]);
    }

    [Fact]
    public async Task Alive_AndCleanup_TakeTheDeadOnly()
    {
        await SaysAsync("InsertMembershipVersionKey");
        for (var port = 1; port <= 3; port++)
        {
            await InsertAsync(port, version: port - 1);
        }
        await UpdateAsync(port: 1, version: 3, status: 6);
        await UpdateAsync(port: 2, version: 4, status: 6);
        await RunAsync("UpdateIAmAlivetimeKey", [.. Silo(2), ("IAmAliveTime", Start.AddHours(2))]);

        await RunAsync("CleanupDefunctSiloEntriesKey", ("IAmAliveTime", Start.AddHours(1)));

        Assert.Equal([2, 3], (await RunAsync("MembershipReadAllKey")).Select(row => (int)row["Port"]!).Order());
        await RunAsync("DeleteMembershipTableEntriesKey");
        Assert.Empty(await RunAsync("MembershipReadAllKey"));
    }

    [Fact]
    public async Task Reminders_ByGrainNameAndHash_AreKeptUnderTheirVersion()
    {
        for (var hash = -2; hash <= 2; hash++)
        {
            Assert.Equal(0, await UpsertAsync($"g{hash}", hash, 1000));
        }
        Assert.Equal(1, await UpsertAsync("g0", 0, 5_000_000_000L));

        var one = Assert.Single(await RunAsync("ReadReminderRowKey", ("GrainId", "g0"), ("ReminderName", "r")));
        Assert.Equal(("g0", "r", Start, 5_000_000_000L, 1), (one["GrainId"], one["ReminderName"], one["StartTime"], one["Period"], one["Version"]));
        Assert.Single(await RunAsync("ReadReminderRowsKey", ("GrainId", "g1")));
        Assert.Equal(["g0", "g1"], await GrainsAsync("ReadRangeRows1Key", -1, 1));
        Assert.Equal(["g-1", "g-2", "g2"], await GrainsAsync("ReadRangeRows2Key", 1, -1));
        Assert.False(await SaysAsync("DeleteReminderRowKey", ("GrainId", "g0"), ("ReminderName", "r"), ("Version", 0)));
        Assert.True(await SaysAsync("DeleteReminderRowKey", ("GrainId", "g0"), ("ReminderName", "r"), ("Version", 1)));
        await RunAsync("DeleteReminderRowsKey");
        Assert.Empty(await RunAsync("ReadReminderRowsKey", ("GrainId", "g1")));
    }

    private static (string, object)[] Silo(int port) => [("Address", "10.0.0.1"), ("Port", port), ("Generation", 7)];

    private Task<bool> InsertAsync(int port, int version) => SaysAsync("InsertMembershipKey",
        [.. Silo(port), ("Version", version), ("SiloName", $"silo{port}"), ("HostName", "host"), ("Status", 1), ("ProxyPort", 1000 + port), ("StartTime", Start), ("IAmAliveTime", Start)]);

    private Task<bool> UpdateAsync(int port, int version, int status) => SaysAsync("UpdateMembershipKey",
        [.. Silo(port), ("Version", version), ("Status", status), ("SuspectTimes", DBNull.Value), ("IAmAliveTime", Start)]);

    private async Task<int> UpsertAsync(string grain, int hash, long period) => (int)Assert.Single(await RunAsync("UpsertReminderRowKey",
        ("GrainId", grain), ("ReminderName", "r"), ("GrainHash", hash), ("StartTime", Start), ("Period", period)))["Version"]!;

    private async Task<IEnumerable<string>> GrainsAsync(string key, int begin, int end) =>
        (await RunAsync(key, ("BeginHash", begin), ("EndHash", end))).OrderBy(row => row["GrainId"] as string, StringComparer.Ordinal).Select(row => (string)row["GrainId"]!);

    private async Task<bool> SaysAsync(string key, params (string, object)[] parameters) =>
        Assert.IsType<bool>(Assert.Single(Assert.Single(await RunAsync(key, parameters)).Values));

    private Task<List<Dictionary<string, object?>>> RunAsync(string key, params (string, object)[] parameters) =>
        RowsAsync(_statements[key], [("DeploymentId", "dev"), ("ServiceId", "authz"), .. parameters]);

    private async Task<List<Dictionary<string, object?>>> RowsAsync(string sql, params (string Name, object Value)[] parameters)
    {
        await using var command = _source.CreateCommand(sql);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter(name, value));
        }

        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<Dictionary<string, object?>>();
        while (await reader.ReadAsync())
        {
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(
                reader.GetName, i => reader.IsDBNull(i) ? null : reader.GetValue(i), StringComparer.OrdinalIgnoreCase));
        }

        return rows;
    }
}
