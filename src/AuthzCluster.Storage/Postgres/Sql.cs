using Npgsql;
using NpgsqlTypes;

namespace AuthzCluster.Storage.Postgres;

/// <summary>Short ways to say a statement with its parameters.</summary>
internal static class Sql
{
    public static NpgsqlCommand Command(this NpgsqlConnection connection, string sql) => new(sql, connection);

    public static NpgsqlCommand Text(this NpgsqlCommand command, string? text) => command.With(text, NpgsqlDbType.Text);

    public static NpgsqlCommand Number(this NpgsqlCommand command, long number) => command.With(number, NpgsqlDbType.Bigint);

    public static NpgsqlCommand Small(this NpgsqlCommand command, int? number) => command.With((short?)number, NpgsqlDbType.Smallint);

    public static NpgsqlCommand Blob(this NpgsqlCommand command, byte[] bytes) => command.With(bytes, NpgsqlDbType.Bytea);

    public static NpgsqlCommand Instant(this NpgsqlCommand command, DateTimeOffset instant) => command.Number(Instants.ToMicroseconds(instant));

    public static NpgsqlCommand Texts(this NpgsqlCommand command, IEnumerable<string> texts) =>
        command.With(texts.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);

    public static NpgsqlCommand Numbers(this NpgsqlCommand command, IEnumerable<long> numbers) =>
        command.With(numbers.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint);

    public static NpgsqlCommand Smalls(this NpgsqlCommand command, short[] numbers) =>
        command.With(numbers, NpgsqlDbType.Array | NpgsqlDbType.Smallint);

    public static NpgsqlCommand Blobs(this NpgsqlCommand command, IEnumerable<byte[]> blobs) =>
        command.With(blobs.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bytea);

    /// <summary>All rows.</summary>
    public static async Task<List<T>> ListAsync<T>(this NpgsqlCommand command, Func<NpgsqlDataReader, T> row)
    {
        await using (command.ConfigureAwait(false))
        {
            using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
            var rows = new List<T>();
            while (await reader.ReadAsync().ConfigureAwait(false))
            {
                rows.Add(row(reader));
            }

            return rows;
        }
    }

    /// <summary>The one value of the one row; the default where it is null.</summary>
    public static async Task<T?> ValueAsync<T>(this NpgsqlCommand command)
    {
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteScalarAsync().ConfigureAwait(false) is T value ? value : default;
        }
    }

    private static NpgsqlCommand With(this NpgsqlCommand command, object? value, NpgsqlDbType type)
    {
        command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        return command;
    }
}
