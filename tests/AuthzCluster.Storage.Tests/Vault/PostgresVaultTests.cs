using System.Text;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Storage.Postgres;
using AuthzCluster.Storage.Tests.Postgres;
using Npgsql;

namespace AuthzCluster.Storage.Tests.Vault;

public sealed class PostgresVaultTests : VaultSuite
{
    private string _database = "";
    private PostgresStore _store = null!;

    protected override IActorStore States => _store;

    protected override IAuditStore Audit => _store;

    protected override IKeyRing Ring => new PostgresKeyRing(_database);

    public override async Task InitializeAsync() => _store = new(new(_database = await PostgresDatabases.CreateAsync()));

    public override async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await base.DisposeAsync();
    }

    // Bytes are hex where a row is text.
    protected override bool IsOnDisk(string text)
    {
        var tables = Column("SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'authz' AND table_type = 'BASE TABLE'");
        Assert.Contains("audit", tables);
        var hex = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));
        return tables.Any(table => Column($"SELECT t::text FROM authz.{table} t")
            .Any(row => row.Contains(text, StringComparison.Ordinal) || row.Contains(hex, StringComparison.Ordinal)));
    }

    protected override void LoseRing() => Column("DELETE FROM authz.key_ring RETURNING name");

    [Fact]
    public void Ring_ThatCannotBeReached_IsUnavailableAndSaysWhere()
    {
        var lost = new NpgsqlConnectionStringBuilder(_database) { Port = LoopbackPort.Free() }.ConnectionString;
        var failure = Assert.Throws<StoreUnavailableException>(() => new PostgresKeyRing(lost).Read());
        Assert.Contains("authz.key_ring", failure.Message, StringComparison.Ordinal);
    }

    private List<string> Column(string sql)
    {
        using var connection = new NpgsqlConnection(_database);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
        {
            values.Add(reader.GetString(0));
        }
        return values;
    }
}
