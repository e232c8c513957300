using AuthzCluster.Storage.Postgres;

namespace AuthzCluster.Storage.Tests.Postgres;

/// <summary>Databases with the schema, each a copy of one that was migrated.</summary>
internal static class PostgresDatabases
{
    public const string Service = "authz-tests", Cluster = "one";

    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    /// <summary>How a new one of the shared server is connected to.</summary>
    public static async Task<string> CreateAsync() => PostgresServer.Shared.CreateDatabase(await Template.Value);

    private static async Task<string> MakeTemplateAsync()
    {
        var connection = PostgresServer.Shared.CreateDatabase();
        await PostgresMigrator.MigrateAsync(connection, Service, Cluster);
        return new Npgsql.NpgsqlConnectionStringBuilder(connection).Database!;
    }
}
