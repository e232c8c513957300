using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;
using Npgsql;

namespace AuthzCluster.Storage.Postgres.Reading;

/// <summary>What is read of the outbox and the audit log.</summary>
internal static class AuditReads
{
    // What a reader takes at once: the records of large roles have a megabyte each.
    private const int OutboxBytes = 1 << 20, ChainBytes = 4 << 20;

    private const string Columns = "SELECT sequence, at, actor, action, target_type, target_id, payload, hash FROM authz.audit WHERE tenant = $1";
    private const string NewestRecord = Columns + " ORDER BY sequence DESC LIMIT 1";
    private const string RecordsFrom = Columns + " AND sequence >= $2 ORDER BY sequence LIMIT $3";
    private const string ChainFrom = """
        SELECT sequence, payload, hash
        FROM (SELECT sequence, payload, hash, sum(octet_length(payload)) OVER (ORDER BY sequence) - octet_length(payload) AS before
              FROM (SELECT sequence, payload, hash FROM authz.audit WHERE tenant = $1 AND sequence >= $2 ORDER BY sequence LIMIT $3) oldest) counted
        WHERE before < $4 ORDER BY sequence
        """;
    private const string BacklogRows = "SELECT tenant, count(*) FROM authz.outbox GROUP BY tenant";
    private const string OutboxRows = """
        SELECT position, payload
        FROM (SELECT position, payload, sum(octet_length(payload)) OVER (ORDER BY position) - octet_length(payload) AS before
              FROM (SELECT position, payload FROM authz.outbox WHERE tenant = $1 ORDER BY position LIMIT $2) oldest) counted
        WHERE before < $3 ORDER BY position
        """;

    // From tenant to tenant, so that it costs how many there are and not how much waits.
    private const string Pending = """
        WITH RECURSIVE pending AS (
            (SELECT tenant FROM authz.outbox ORDER BY tenant LIMIT 1)
            UNION ALL
            SELECT (SELECT o.tenant FROM authz.outbox o WHERE o.tenant > p.tenant ORDER BY o.tenant LIMIT 1) FROM pending p WHERE p.tenant IS NOT NULL)
        SELECT tenant FROM pending WHERE tenant IS NOT NULL
        """;

    /// <summary>Those whose text is fixed, for the test that they are searches.</summary>
    public static IReadOnlyList<string> Queries { get; } = [Pending, OutboxRows, NewestRecord, RecordsFrom, ChainFrom];

    public static async Task<IReadOnlyList<TenantId>> PendingTenantsAsync(NpgsqlConnection connection) =>
        await connection.Command(Pending).ListAsync(row => new TenantId(row.GetString(0))).ConfigureAwait(false);

    public static async Task<IReadOnlyList<PendingRow>> OutboxAsync(NpgsqlConnection connection, TenantId tenant, int limit) =>
        await connection.Command(OutboxRows).Text(tenant.Value).Number(limit).Number(OutboxBytes)
            .ListAsync(row => new PendingRow(row.GetInt64(0), row.GetFieldValue<byte[]>(1))).ConfigureAwait(false);

    public static async Task<StoredAudit?> LastAsync(NpgsqlConnection connection, TenantId tenant) =>
        (await connection.Command(NewestRecord).Text(tenant.Value).ListAsync(Record).ConfigureAwait(false)).FirstOrDefault();

    public static async Task<IReadOnlyList<StoredAudit>> FromAsync(NpgsqlConnection connection, TenantId tenant, long sequence, int limit) =>
        await connection.Command(RecordsFrom).Text(tenant.Value).Number(sequence).Number(limit).ListAsync(Record).ConfigureAwait(false);

    public static async Task<IReadOnlyList<StoredAudit>> ListAsync(NpgsqlConnection connection, TenantId tenant, AuditQuery query)
    {
        var list = connection.Command("").Text(tenant.Value);
        list.CommandText = Page(AuditFilter.Add(list, query));
        return await list.ListAsync(row => Record(row) with { Previous = row.IsDBNull(8) ? null : row.GetFieldValue<byte[]>(8) }).ConfigureAwait(false);
    }

    public static async Task<IReadOnlyList<StoredLink>> ChainAsync(NpgsqlConnection connection, TenantId tenant, long sequence, int limit) =>
        await connection.Command(ChainFrom).Text(tenant.Value).Number(sequence).Number(limit).Number(ChainBytes)
            .ListAsync(row => new StoredLink(row.GetInt64(0), row.GetFieldValue<byte[]>(1), row.GetFieldValue<byte[]>(2))).ConfigureAwait(false);

    public static async Task<IReadOnlyList<AuditBacklog>> BacklogAsync(NpgsqlConnection connection) =>
        await connection.Command(BacklogRows).ListAsync(row => new AuditBacklog(new TenantId(row.GetString(0)), row.GetInt64(1))).ConfigureAwait(false);

    /// <summary>The text of a list's query, for the test that it is a search.</summary>
    public static string ListSql(AuditQuery query)
    {
        using var list = new NpgsqlCommand().Text("");
        return Page(AuditFilter.Add(list, query));
    }

    private static string Page(string filter) => $"""
        SELECT sequence, at, actor, action, target_type, target_id, payload, hash,
               (SELECT p.hash FROM authz.audit p WHERE p.tenant = $1 AND p.sequence = counted.sequence - 1)
        FROM (SELECT page.*, sum(octet_length(payload)) OVER (ORDER BY sequence DESC) - octet_length(payload) AS before FROM ({Columns}{filter}) page) counted
        WHERE before < {IAuditStore.PageBytes} ORDER BY sequence DESC
        """;

    private static StoredAudit Record(NpgsqlDataReader row) => new(
        row.GetInt64(0), Instants.FromMicroseconds(row.GetInt64(1)), row.GetString(2), row.GetString(3), row.GetString(4),
        row.GetString(5), row.GetFieldValue<byte[]>(6), row.GetFieldValue<byte[]>(7));
}
