using AuthzCluster.Actors.Storage;
using AuthzCluster.Storage.Postgres.Opening;
using Npgsql;

namespace AuthzCluster.Storage.Postgres;

/// <summary>Whether a database is one that this version works on. Changes nothing.</summary>
public static class PostgresSchema
{
    /// <summary>Checks the schema, and whose it is.</summary>
    /// <returns>What the database says of itself.</returns>
    /// <exception cref="StoreRefusedException">The schema is missing, older or newer, another cluster's, or the server would lose what was acknowledged.</exception>
    /// <exception cref="StoreUnavailableException">The database cannot be reached: to be tried again.</exception>
    public static async Task<PostgresInstallation> CheckAsync(string connectionString, string serviceId, string clusterId)
    {
        using var connection = await SchemaReads.OpenAsync(connectionString).ConfigureAwait(false);
        try
        {
            return await CheckAsync(connection, serviceId, clusterId).ConfigureAwait(false);
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new StoreRefusedException(
                $"The database '{connection.Database}' refuses this user ({failure.MessageText}): grant it what deploy/README.md says.", failure);
        }
        catch (NpgsqlException failure)
        {
            throw PostgresFailure.Unavailable("The check of the schema", failure, isOutcomeKnown: true);
        }
    }

    private static async Task<PostgresInstallation> CheckAsync(NpgsqlConnection connection, string serviceId, string clusterId)
    {
        if (await connection.Command("SHOW fsync").ValueAsync<string>().ConfigureAwait(false) is "off")
        {
            throw new StoreRefusedException("The database server runs with fsync=off and would lose what was acknowledged: set fsync=on.");
        }

        var current = await SchemaReads.NumberAsync(connection).ConfigureAwait(false);
        SchemaReads.RefuseNewer(connection, current);
        if (current < SchemaReads.Newest)
        {
            throw new StoreRefusedException(current == 0
                ? $"The database '{connection.Database}' has no schema of AuthzCluster: start once with --migrate."
                : $"The database '{connection.Database}' has schema {current}, this version needs {SchemaReads.Newest}: start once with --migrate.");
        }

        var installation = await SchemaReads.InstallationAsync(connection).ConfigureAwait(false)
            ?? throw new StoreRefusedException($"The database '{connection.Database}' is nobody's yet: start once with --migrate.");
        SchemaReads.RefuseOther(connection, installation, serviceId, clusterId);
        return installation;
    }
}
