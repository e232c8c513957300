using AuthzCluster.Benchmarks.Storage;
using Npgsql;
using NpgsqlTypes;

namespace AuthzCluster.Benchmarks.Postgres;

/// <summary>What the database does at best: one row of 300 bytes by its key, prepared, each caller on a connection of its own.</summary>
internal sealed class BareUpserts : IAsyncDisposable
{
    private readonly List<NpgsqlCommand> _commands = [];

    public static async Task<BareUpserts> OpenAsync(string connectionString, int callers)
    {
        var bare = new BareUpserts();
        for (var i = 0; i < callers; i++)
        {
            var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
            await connection.OpenAsync();
            if (i == 0)
            {
                await new NpgsqlCommand("CREATE TABLE IF NOT EXISTS public.bare (key text PRIMARY KEY, version bigint NOT NULL, state bytea NOT NULL)", connection).ExecuteNonQueryAsync();
            }
            var command = new NpgsqlCommand(
                "INSERT INTO public.bare AS b VALUES ($1, 1, $2) ON CONFLICT (key) DO UPDATE SET version = b.version + 1, state = excluded.state", connection);
            command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Text });
            command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Bytea });
            await command.PrepareAsync();
            bare._commands.Add(command);
        }
        return bare;
    }

    public Task UpsertAsync(int caller, string key)
    {
        var command = _commands[caller];
        command.Parameters[0].Value = key;
        command.Parameters[1].Value = Shapes.Bytes(300);
        return command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _commands)
        {
            await command.Connection!.DisposeAsync();
            await command.DisposeAsync();
        }
    }
}
