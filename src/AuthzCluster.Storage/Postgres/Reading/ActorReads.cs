using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;
using Npgsql;

namespace AuthzCluster.Storage.Postgres.Reading;

/// <summary>What is read of actors and indexes.</summary>
internal static class ActorReads
{
    private const string State = "SELECT version, state FROM authz.actor WHERE key = $1";
    private const string States = "SELECT key, version, state FROM authz.actor WHERE key = ANY ($1)";
    private const string FirstRows = """
        SELECT member, rest, at FROM authz.entry WHERE tenant = $1 AND idx = $2 AND key = $3 ORDER BY member, rest NULLS FIRST LIMIT $4
        """;
    private const string RowsAfter = """
        SELECT member, rest, at FROM authz.entry
        WHERE tenant = $1 AND idx = $2 AND key = $3 AND member >= $5 AND (member, coalesce(rest, '')) > ($5, $6)
        ORDER BY member, rest NULLS FIRST LIMIT $4
        """;
    private const string TalliedCount = """
        SELECT coalesce((SELECT sum(count) FROM authz.tally WHERE tenant = $1 AND idx = $2 AND key = asked.key), 0)::bigint
             - (SELECT count(*) FROM authz.entry WHERE tenant = $1 AND idx = $2 AND key = asked.key AND at <= $4)
        FROM unnest($3::text[]) WITH ORDINALITY AS asked(key, place) ORDER BY place
        """;
    private const string PlainCount = """
        SELECT (SELECT count(*) FROM authz.entry WHERE tenant = $1 AND idx = $2 AND key = asked.key AND (at IS NULL OR at > $4))
        FROM unnest($3::text[]) WITH ORDINALITY AS asked(key, place) ORDER BY place
        """;
    private const string DueRows = """
        SELECT member, rest, at FROM authz.entry
        WHERE tenant = $1 AND idx = $2 AND key = $3 AND at <= $4 ORDER BY at, member, rest NULLS FIRST LIMIT $5
        """;

    /// <summary>All of them, for the test that they are searches.</summary>
    public static IReadOnlyList<string> Queries { get; } = [State, States, FirstRows, RowsAfter, TalliedCount, PlainCount, DueRows];

    public static async Task<IReadOnlyList<StoredState>> ReadManyAsync(NpgsqlConnection connection, IReadOnlyList<ActorKey> keys)
    {
        if (keys is [var key])
        {
            return await connection.Command(State).Text(IndexedText.Fit(key.Value, IndexedText.KeyBytes))
                .ListAsync(row => new StoredState(key, row.GetInt64(0), row.GetFieldValue<byte[]>(1))).ConfigureAwait(false);
        }

        var stored = new Dictionary<string, ActorKey>(keys.Count);
        foreach (var one in keys)
        {
            stored[IndexedText.Fit(one.Value, IndexedText.KeyBytes)] = one;
        }

        return await connection.Command(States).Texts(stored.Keys)
            .ListAsync(row => new StoredState(stored[row.GetString(0)], row.GetInt64(1), row.GetFieldValue<byte[]>(2))).ConfigureAwait(false);
    }

    public static async Task<IReadOnlyList<IndexRow>> ReadIndexAsync(
        NpgsqlConnection connection, TenantId tenant, string index, string key, string? after, int limit)
    {
        var read = connection.Command(after is null ? FirstRows : RowsAfter)
            .Text(IndexedText.Fit(tenant.Value)).Small(IndexCodes.Of(index)).Text(IndexedText.Fit(key)).Number(limit);
        if (after is not null)
        {
            var (start, rest, _) = IndexedText.Split(after);
            read.Text(start).Text(rest ?? "");
        }

        return await read.ListAsync(row => Row(row, tenant, index, key)).ConfigureAwait(false);
    }

    public static async Task<IReadOnlyList<long>> CountAsync(NpgsqlConnection connection, TenantId tenant, string index, IReadOnlyList<string> keys, DateTimeOffset now)
    {
        var code = IndexCodes.Of(index);
        return await connection.Command(Tallies.Has(code) ? TalliedCount : PlainCount)
            .Text(IndexedText.Fit(tenant.Value)).Small(code).Texts(keys.Select(key => IndexedText.Fit(key))).Instant(now)
            .ListAsync(row => row.GetInt64(0)).ConfigureAwait(false);
    }

    public static async Task<IReadOnlyList<IndexRow>> ReadDueAsync(NpgsqlConnection connection, DateTimeOffset now, int limit) =>
        await connection.Command(DueRows)
            .Text(IndexNames.Everywhere.Value).Small(IndexCodes.Due).Text("").Instant(now).Number(limit)
            .ListAsync(row => Row(row, IndexNames.Everywhere, IndexNames.Due, "")).ConfigureAwait(false);

    private static IndexRow Row(NpgsqlDataReader row, TenantId tenant, string index, string key)
    {
        var member = row.IsDBNull(1) ? row.GetString(0) : row.GetString(0) + row.GetString(1);
        return new(tenant, index, key, member, row.IsDBNull(2) ? null : Instants.FromMicroseconds(row.GetInt64(2)));
    }
}
