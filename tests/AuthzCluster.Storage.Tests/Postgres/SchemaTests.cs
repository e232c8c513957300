using AuthzCluster.Actors.Storage;
using AuthzCluster.Storage.Postgres;
using Npgsql;

namespace AuthzCluster.Storage.Tests.Postgres;

public sealed class SchemaTests
{
    private const string Service = PostgresDatabases.Service, Cluster = PostgresDatabases.Cluster;

    private readonly string _database = PostgresServer.Shared.CreateDatabase();

    [Fact]
    public async Task Migrate_Empty_MakesAllAndTheKeyOnce()
    {
        var applied = await PostgresMigrator.MigrateAsync(_database, Service, Cluster);
        var first = await PostgresSchema.CheckAsync(_database, Service, Cluster);

        Assert.Equal(MigrationScript.All("postgres").Select(script => script.Name), applied);
        Assert.Empty(await PostgresMigrator.MigrateAsync(_database, Service, Cluster));
        var second = await PostgresSchema.CheckAsync(_database, Service, Cluster);
        Assert.Equal((Service, Cluster), (first.ServiceId, first.ClusterId));
        Assert.Equal(32, first.PageTokenKey.Length);
        Assert.Equal(first.PageTokenKey, second.PageTokenKey);
    }

    [Fact]
    public async Task Migrate_ManyAtOnce_AppliesEachStepOnce()
    {
        var applied = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => PostgresMigrator.MigrateAsync(_database, Service, Cluster))));

        Assert.Equal(MigrationScript.All("postgres").Count, applied.Sum(names => names.Count));
        await PostgresSchema.CheckAsync(_database, Service, Cluster);
    }

    [Fact]
    public async Task Check_NoSchema_SaysHowToMakeIt() => await RefusedAsync(Service, Cluster, "start once with --migrate");

    [Fact]
    public async Task Check_OlderSchema_SaysHowToMendIt()
    {
        await PostgresMigrator.MigrateAsync(_database, Service, Cluster);
        Execute($"DELETE FROM authz.schema_migration WHERE number = {MigrationScript.All("postgres").Count}");

        await RefusedAsync(Service, Cluster, "start once with --migrate");
    }

    [Fact]
    public async Task CheckAndMigrate_NewerSchema_AreRefused()
    {
        await PostgresMigrator.MigrateAsync(_database, Service, Cluster);
        Execute("INSERT INTO authz.schema_migration (number, name) VALUES (99, '0099_future.sql')");

        await RefusedAsync(Service, Cluster, "has schema 99");
        await Assert.ThrowsAsync<StoreRefusedException>(() => PostgresMigrator.MigrateAsync(_database, Service, Cluster));
    }

    [Theory]
    [InlineData(Service, "two")]
    [InlineData("other", Cluster)]
    [InlineData(Service, "One")]
    public async Task CheckAndMigrate_AnotherClustersDatabase_AreRefused(string service, string cluster)
    {
        await PostgresMigrator.MigrateAsync(_database, Service, Cluster);

        await RefusedAsync(service, cluster, $"belongs to service '{Service}', cluster '{Cluster}'");
        await Assert.ThrowsAsync<StoreRefusedException>(() => PostgresMigrator.MigrateAsync(_database, service, cluster));
    }

    [Fact]
    public async Task Migrate_StepThatFails_LeavesNothingOfIt()
    {
        Execute("CREATE SCHEMA authz; CREATE TABLE authz.request (theirs int)");

        var refusal = await Assert.ThrowsAsync<StoreRefusedException>(() => PostgresMigrator.MigrateAsync(_database, Service, Cluster));

        Assert.Contains("already exists", refusal.Message, StringComparison.Ordinal);
        await RefusedAsync(Service, Cluster, "start once with --migrate");
    }

    [Fact]
    public async Task CheckAndMigrate_NobodyListens_AreUnavailable()
    {
        var nowhere = new NpgsqlConnectionStringBuilder(_database) { Port = 1 }.ConnectionString;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => PostgresSchema.CheckAsync(nowhere, Service, Cluster));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => PostgresMigrator.MigrateAsync(nowhere, Service, Cluster));
    }

    private void Execute(string sql) => PostgresServer.Shared.Execute(sql, new NpgsqlConnectionStringBuilder(_database).Database!);

    private async Task RefusedAsync(string service, string cluster, string reason)
    {
        var refusal = await Assert.ThrowsAsync<StoreRefusedException>(() => PostgresSchema.CheckAsync(_database, service, cluster));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Single(refusal.Message.Split('\n'));
    }
}
