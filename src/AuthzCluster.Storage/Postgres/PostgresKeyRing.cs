using AuthzCluster.Actors.Storage;
using Npgsql;
using NpgsqlTypes;

namespace AuthzCluster.Storage.Postgres;

/// <summary>The key ring of a cluster, in its database. It is asked seldom: each time by a connection of its own.</summary>
/// <param name="connectionString">Npgsql's.</param>
public sealed class PostgresKeyRing(string connectionString) : IKeyRing
{
    private const int ConnectSeconds = 3, CommandSeconds = 5;

    /// <inheritdoc/>
    public string Where => "the table `authz.key_ring` of the database";

    /// <inheritdoc/>
    public IReadOnlyList<string> Read() => With("read", connection =>
    {
        using var command = new NpgsqlCommand("SELECT xml FROM authz.key_ring ORDER BY name", connection);
        using var reader = command.ExecuteReader();
        var keys = new List<string>();
        while (reader.Read())
        {
            keys.Add(reader.GetString(0));
        }
        return keys;
    });

    /// <inheritdoc/>
    public void Add(string name, string xml) => With("written to", connection =>
    {
        // On disk before it seals anything: what it sealed could never be read.
        using var durable = new NpgsqlCommand("SELECT set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, false)", connection);
        durable.ExecuteNonQuery();
        using var command = new NpgsqlCommand("INSERT INTO authz.key_ring (name, xml) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = name, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter { Value = xml, NpgsqlDbType = NpgsqlDbType.Text });
        return command.ExecuteNonQuery();
    });

    private T With<T>(string done, Func<NpgsqlConnection, T> work)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(connectionString)
            {
                Pooling = false, ApplicationName = "authzcluster", Timeout = ConnectSeconds, CommandTimeout = CommandSeconds,
            };
            if (builder.Host?.Contains(',', StringComparison.Ordinal) == true)
            {
                builder.TargetSessionAttributes = "primary";
            }
            using var connection = new NpgsqlConnection(builder.ConnectionString);
            connection.Open();
            return work(connection);
        }
        catch (Exception cause) when (cause is NpgsqlException or IOException or TimeoutException or System.Net.Sockets.SocketException)
        {
            throw new StoreUnavailableException($"the key ring in {Where} cannot be {done}: {cause.Message}", isOutcomeKnown: true, cause);
        }
    }
}
