using System.Security.Cryptography;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Storage.Postgres.Opening;
using Npgsql;

namespace AuthzCluster.Storage.Postgres;

/// <summary>Brings a database to the schema of this version; each step in its own transaction, never back.</summary>
public static class PostgresMigrator
{
    private const long LockKey = 0x617574687A636C75;

    /// <summary>Applies what is missing, and makes the database that of a cluster if it is nobody's. Two at once take turns.</summary>
    /// <param name="connectionString">Npgsql's; the user has to own the schema, or be allowed to make it.</param>
    /// <param name="serviceId">The service's id.</param>
    /// <param name="clusterId">The cluster's id.</param>
    /// <returns>The names of the steps that were applied.</returns>
    /// <exception cref="StoreRefusedException">It is of a newer version, of another cluster, or the user may not do it.</exception>
    /// <exception cref="StoreUnavailableException">The database cannot be reached.</exception>
    public static async Task<IReadOnlyList<string>> MigrateAsync(string connectionString, string serviceId, string clusterId)
    {
        using var connection = await SchemaReads.OpenAsync(connectionString).ConfigureAwait(false);
        try
        {
            return await MigrateAsync(connection, serviceId, clusterId).ConfigureAwait(false);
        }
        catch (PostgresException failure) when (failure.InvariantSeverity == "ERROR")
        {
            throw new StoreRefusedException($"The database '{connection.Database}' could not be migrated: {failure.MessageText}.", failure);
        }
        catch (NpgsqlException failure)
        {
            throw PostgresFailure.Unavailable("A migration", failure, isOutcomeKnown: false);
        }
    }

    private static async Task<IReadOnlyList<string>> MigrateAsync(NpgsqlConnection connection, string serviceId, string clusterId)
    {
        // Held until the connection closes.
        await connection.Command("SELECT pg_advisory_lock($1)").Number(LockKey).ValueAsync<object>().ConfigureAwait(false);
        if (await connection.Command("SHOW server_encoding").ValueAsync<string>().ConfigureAwait(false) is var encoding and not "UTF8")
        {
            throw new StoreRefusedException($"The database '{connection.Database}' has the encoding {encoding}: create one with ENCODING 'UTF8'.");
        }

        var current = await SchemaReads.NumberAsync(connection).ConfigureAwait(false);
        SchemaReads.RefuseNewer(connection, current);
        if (current > 0 && await SchemaReads.InstallationAsync(connection).ConfigureAwait(false) is { } installation)
        {
            SchemaReads.RefuseOther(connection, installation, serviceId, clusterId);
        }

        var missing = SchemaReads.Scripts.Where(script => script.Number > current).ToList();
        foreach (var script in missing)
        {
            using var transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
            using var command = new NpgsqlCommand(script.ReadSql(), connection, transaction) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync().ConfigureAwait(false);
            await transaction.CommitAsync().ConfigureAwait(false);
        }

        await connection.Command("INSERT INTO authz.installation (service_id, cluster_id, page_token_key) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1")
            .Text(serviceId).Text(clusterId).Blob(RandomNumberGenerator.GetBytes(32)).ValueAsync<object>().ConfigureAwait(false);
        return [.. missing.Select(script => script.Name)];
    }
}
