using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Storage.Sqlite.Native;

namespace AuthzCluster.Storage.Sqlite.Reading;

/// <summary>What is read of actors and indexes.</summary>
internal static class ActorReads
{
    private const string State = "SELECT version, state FROM actor WHERE key = ?";
    private const string FirstRows = """
        SELECT member, at FROM entry WHERE tenant = ? AND idx = ? AND key = ? ORDER BY member LIMIT ?
        """;
    private const string RowsAfter = """
        SELECT member, at FROM entry WHERE tenant = ? AND idx = ? AND key = ? AND member > ? ORDER BY member LIMIT ?
        """;
    private const string TalliedCount = """
        SELECT coalesce((SELECT count FROM tally WHERE tenant = ?1 AND idx = ?2 AND key = ?3), 0)
             - (SELECT count(*) FROM entry WHERE tenant = ?1 AND idx = ?2 AND key = ?3 AND at <= ?4)
        """;
    private const string PlainCount = """
        SELECT count(*) FROM entry WHERE tenant = ?1 AND idx = ?2 AND key = ?3 AND (at IS NULL OR at > ?4)
        """;
    private const string DueRows = """
        SELECT member, at FROM entry WHERE tenant = ? AND idx = ? AND key = ? AND at <= ? ORDER BY at, member LIMIT ?
        """;

    /// <summary>All of them, for the test that they are searches.</summary>
    public static IReadOnlyList<string> Queries { get; } = [State, FirstRows, RowsAfter, TalliedCount, PlainCount, DueRows];

    public static StoredState? Read(Db db, ActorKey key)
    {
        using var read = db.Use(State).Text(key.Value);
        return read.Step() ? new StoredState(key, read.NumberAt(0), read.BlobAt(1)) : null;
    }

    public static IReadOnlyList<StoredState> ReadMany(Db db, IReadOnlyList<ActorKey> keys)
    {
        var states = new List<StoredState>(keys.Count);
        foreach (var key in keys)
        {
            if (Read(db, key) is { } state)
            {
                states.Add(state);
            }
        }

        return states;
    }

    public static IReadOnlyList<IndexRow> ReadIndex(Db db, TenantId tenant, string index, string key, string? after, int limit)
    {
        using var read = db.Use(after is null ? FirstRows : RowsAfter).Text(tenant.Value).Number(IndexCodes.Of(index)).Text(key);
        if (after is not null)
        {
            read.Text(after);
        }

        return Rows(read.Number(limit), tenant, index, key);
    }

    public static IReadOnlyList<long> Count(Db db, TenantId tenant, string index, IReadOnlyList<string> keys, DateTimeOffset now)
    {
        var code = IndexCodes.Of(index);
        var counts = new long[keys.Count];
        for (var i = 0; i < counts.Length; i++)
        {
            using var read = db.Use(IndexCodes.IsTallied(code) ? TalliedCount : PlainCount)
                .Text(tenant.Value).Number(code).Text(keys[i]).Instant(now);
            counts[i] = read.Step() ? read.NumberAt(0) : 0;
        }

        return counts;
    }

    public static IReadOnlyList<IndexRow> ReadDue(Db db, DateTimeOffset now, int limit)
    {
        using var read = db.Use(DueRows)
            .Text(IndexNames.Everywhere.Value).Number(IndexCodes.Due).Text("").Instant(now).Number(limit);
        return Rows(read, IndexNames.Everywhere, IndexNames.Due, "");
    }

    private static List<IndexRow> Rows(Statement read, TenantId tenant, string index, string key)
    {
        var rows = new List<IndexRow>();
        while (read.Step())
        {
            rows.Add(new(tenant, index, key, read.TextAt(0), read.InstantAt(1)));
        }

        return rows;
    }
}
