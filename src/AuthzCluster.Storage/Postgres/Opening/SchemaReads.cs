using AuthzCluster.Actors.Storage;
using Npgsql;

namespace AuthzCluster.Storage.Postgres.Opening;

/// <summary>What a database says of its schema, and what is refused whether it is migrated or checked.</summary>
internal static class SchemaReads
{
    public static IReadOnlyList<MigrationScript> Scripts { get; } = MigrationScript.All("postgres");

    public static int Newest => Scripts[^1].Number;

    /// <summary>A connection of its own, closed at the end.</summary>
    /// <exception cref="StoreUnavailableException">There is none to be had.</exception>
    public static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, ApplicationName = "authzcluster" }.ConnectionString);
        try
        {
            await connection.OpenAsync().ConfigureAwait(false);
            return connection;
        }
        catch (Exception cause) when (cause is NpgsqlException or IOException or TimeoutException)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw new StoreUnavailableException($"The database cannot be reached: {cause.Message}", isOutcomeKnown: true, cause);
        }
    }

    /// <summary>The newest step that was applied; 0: none.</summary>
    public static async Task<int> NumberAsync(NpgsqlConnection connection) =>
        await connection.Command("SELECT to_regclass('authz.schema_migration')::text").ValueAsync<string>().ConfigureAwait(false) is null
            ? 0
            : await connection.Command("SELECT coalesce(max(number), 0) FROM authz.schema_migration").ValueAsync<int>().ConfigureAwait(false);

    /// <summary>Whose it is; null: nobody's yet.</summary>
    public static async Task<PostgresInstallation?> InstallationAsync(NpgsqlConnection connection) =>
        (await connection.Command("SELECT service_id, cluster_id, page_token_key FROM authz.installation")
            .ListAsync(row => new PostgresInstallation(row.GetString(0), row.GetString(1), row.GetFieldValue<byte[]>(2))).ConfigureAwait(false)).FirstOrDefault();

    public static void RefuseNewer(NpgsqlConnection connection, int number)
    {
        if (number > Newest)
        {
            throw new StoreRefusedException(
                $"The database '{connection.Database}' has schema {number}, this version knows {Newest}: start a version that is as new as the data.");
        }
    }

    public static void RefuseOther(NpgsqlConnection connection, PostgresInstallation installation, string serviceId, string clusterId)
    {
        if (installation.ServiceId != serviceId || installation.ClusterId != clusterId)
        {
            throw new StoreRefusedException(
                $"The database '{connection.Database}' belongs to service '{installation.ServiceId}', cluster '{installation.ClusterId}', "
                + $"and not to service '{serviceId}', cluster '{clusterId}': give each cluster a database of its own.");
        }
    }
}
