using AuthzCluster.Silo.Tests.Running;
using AuthzCluster.Testing;

namespace AuthzCluster.Silo.Tests.Luck;

/// <summary>Databases that are not this cluster's, or not of this version.</summary>
[Collection(ProcessCollection.Name)]
public sealed class SchemaTests
{
    [Fact]
    public async Task Start_SchemaMissing_IsRefusedNamingTheCommand()
    {
        await using var silo = RunningSilo.Start(PostgresServer.Shared.CreateDatabase());

        Assert.Contains("--migrate", await silo.Process.RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SchemaOlder_IsRefusedNamingTheCommandWhichMendsIt()
    {
        var database = await MigratedAsync();
        // The latest step was not applied yet.
        Execute(database, "DROP TABLE IF EXISTS authz.OrleansQuery CASCADE; DELETE FROM authz.schema_migration WHERE number = (SELECT max(number) FROM authz.schema_migration)");
        await using var silo = RunningSilo.Start(database);

        Assert.Contains("--migrate", await silo.Process.RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SchemaNewer_IsRefused()
    {
        var database = await MigratedAsync();
        Execute(database, "INSERT INTO authz.schema_migration (number, name) VALUES (9999, 'of tomorrow')");
        await using var silo = RunningSilo.Start(database);
        await using var migration = NodeProcess.StartSilo("--migrate", "--database", database);

        Assert.Contains("9999", await silo.Process.RefusedAsync(), StringComparison.Ordinal);
        Assert.Contains("9999", await migration.RefusedAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--service-id")]
    [InlineData("--cluster-id")]
    public async Task Start_DatabaseOfAnother_IsRefused(string option)
    {
        var database = await MigratedAsync();
        await using var silo = RunningSilo.Start(database, option, "another");
        await using var migration = NodeProcess.StartSilo("--migrate", "--database", database, option, "another");

        Assert.Contains("'another'", await silo.Process.RefusedAsync(), StringComparison.Ordinal);
        Assert.Contains("'another'", await migration.RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_ManyAtOnceAndAgain_IsDoneOnce()
    {
        var database = PostgresServer.Shared.CreateDatabase();
        var migrations = Enumerable.Range(0, 4).Select(_ => NodeProcess.StartSilo("--migrate", "--database", database)).ToList();

        var ends = await Task.WhenAll(migrations.Select(one => one.EndAsync()));
        await using var again = NodeProcess.StartSilo("--migrate", "--database", database);
        var (code, output, _) = await again.EndAsync();

        Assert.All(ends, end => Assert.True(end.Code == 0, string.Join('\n', end.Errors)));
        Assert.Single(ends, end => Assert.Single(end.Output).StartsWith("Applied", StringComparison.Ordinal));
        Assert.Equal((0, "The schema is up to date."), (code, Assert.Single(output)));
        await Task.WhenAll(migrations.Select(one => one.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task Migrate_DatabaseDown_IsRefusedInOneLine()
    {
        await using var migration = NodeProcess.StartSilo("--migrate", "--database", $"Host=127.0.0.1;Port={Ports.Free()};Username=authz;Database=none;Timeout=2");

        Assert.Contains("--database", await migration.RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WhatNobodyForesaw_IsToldInOneLineAndEndsWithOne()
    {
        var database = await MigratedAsync();
        Execute(database, "TRUNCATE authz.OrleansQuery");
        await using var silo = RunningSilo.Start(database);

        var (code, _, errors) = await silo.Process.EndAsync();

        Assert.Equal(1, code);
        Assert.StartsWith("authz: unexpected failure:", errors[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoClusters_OnTwoDatabasesOfOneServer_KnowNothingOfEachOther()
    {
        await using var one = await RunningCluster.StartAsync(1);
        await using var other = await RunningCluster.StartAsync(1);
        var (here, there) = (await one.GatewayAsync(), await other.GatewayAsync());

        await here.Api.RoleAsync("clerk", "a:b");

        (await there.Api.GetAsync("/api/v1/roles/clerk")).Refused(404, "role_not_found");
        (await there.Api.As(one.AdminKey).GetAsync("/api/v1/roles")).Refused(401, "unauthenticated");
        await there.Api.RoleAsync("clerk", "c:d");
        Assert.Equal(["a:b"], (await here.Api.GetAsync("/api/v1/roles/clerk")).Texts("permissions"));
    }

    private static async Task<string> MigratedAsync()
    {
        var database = PostgresServer.Shared.CreateDatabase();
        await RunningSilo.MigrateAsync(database);
        return database;
    }

    private static void Execute(string database, string sql) =>
        PostgresServer.Shared.Execute(sql, database[(database.LastIndexOf('=') + 1)..]);
}
