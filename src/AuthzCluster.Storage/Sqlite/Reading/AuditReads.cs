using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Storage.Sqlite.Native;

namespace AuthzCluster.Storage.Sqlite.Reading;

/// <summary>What is read of the outbox and the audit log.</summary>
internal static class AuditReads
{
    // What a reader takes at once: the records of large roles have a megabyte each.
    private const int OutboxBytes = 1 << 20, ChainBytes = 4 << 20;

    private const string Wanted = "SELECT sequence, at, actor, action, target_type, target_id, payload, hash", Log = " FROM audit WHERE tenant = ?", Columns = Wanted + Log;
    private const string Listed = Wanted + ", (SELECT p.hash FROM audit p WHERE p.tenant = audit.tenant AND p.sequence = audit.sequence - 1)" + Log;
    private const string OutboxRows = "SELECT position, payload FROM outbox WHERE tenant = ? ORDER BY position LIMIT ?";
    private const string NewestRecord = Columns + " ORDER BY sequence DESC LIMIT 1";
    private const string RecordsFrom = Columns + " AND sequence >= ? ORDER BY sequence LIMIT ?";
    private const string ChainFrom = "SELECT sequence, payload, hash FROM audit WHERE tenant = ? AND sequence >= ? ORDER BY sequence LIMIT ?";

    /// <summary>Those whose text is fixed, for the test that they are searches.</summary>
    public static IReadOnlyList<string> Queries { get; } = [OutboxRows, NewestRecord, RecordsFrom, ChainFrom];

    public static IReadOnlyList<TenantId> PendingTenants(Db db)
    {
        using var read = db.Use("SELECT DISTINCT tenant FROM outbox");
        var tenants = new List<TenantId>();
        while (read.Step())
        {
            tenants.Add(new(read.TextAt(0)));
        }

        return tenants;
    }

    public static IReadOnlyList<PendingRow> Outbox(Db db, TenantId tenant, int limit)
    {
        using var read = db.Use(OutboxRows).Text(tenant.Value).Number(limit);
        var rows = new List<PendingRow>();
        for (var bytes = 0; bytes < OutboxBytes && read.Step(); bytes += rows[^1].Payload.Length)
        {
            rows.Add(new(read.NumberAt(0), read.BlobAt(1)));
        }

        return rows;
    }

    public static StoredAudit? Last(Db db, TenantId tenant)
    {
        using var read = db.Use(NewestRecord).Text(tenant.Value);
        return Records(read).FirstOrDefault();
    }

    public static IReadOnlyList<StoredAudit> From(Db db, TenantId tenant, long sequence, int limit)
    {
        using var read = db.Use(RecordsFrom).Text(tenant.Value).Number(sequence).Number(limit);
        return Records(read);
    }

    public static IReadOnlyList<StoredLink> Chain(Db db, TenantId tenant, long sequence, int limit)
    {
        using var read = db.Use(ChainFrom).Text(tenant.Value).Number(sequence).Number(limit);
        var links = new List<StoredLink>();
        for (var bytes = 0; bytes < ChainBytes && read.Step(); bytes += links[^1].Payload.Length)
        {
            links.Add(new(read.NumberAt(0), read.BlobAt(1), read.BlobAt(2)));
        }

        return links;
    }

    public static IReadOnlyList<AuditBacklog> Backlog(Db db)
    {
        using var read = db.Use("SELECT tenant, count(*) FROM outbox GROUP BY tenant");
        var backlog = new List<AuditBacklog>();
        while (read.Step())
        {
            backlog.Add(new(new(read.TextAt(0)), read.NumberAt(1)));
        }

        return backlog;
    }

    /// <summary>The text of a list's query, for the test that it is a search.</summary>
    public static string ListSql(AuditQuery query) => Listed + new AuditFilter(default, query).Sql;

    public static IReadOnlyList<StoredAudit> List(Db db, TenantId tenant, AuditQuery query)
    {
        var filter = new AuditFilter(tenant, query);
        using var read = db.Use(Listed + filter.Sql).Text(tenant.Value);
        filter.Bind(read);
        return Records(read.Number(query.Limit), withPrevious: true);
    }

    private static List<StoredAudit> Records(Statement read, bool withPrevious = false)
    {
        var records = new List<StoredAudit>();
        for (var bytes = 0; bytes < IAuditStore.PageBytes && read.Step(); bytes += records[^1].Payload.Length)
        {
            records.Add(new(
                read.NumberAt(0), Instants.FromMicroseconds(read.NumberAt(1)), read.TextAt(2), read.TextAt(3), read.TextAt(4),
                read.TextAt(5), read.BlobAt(6), read.BlobAt(7)) { Previous = withPrevious && read.BlobAt(8) is { Length: > 0 } hash ? hash : null });
        }

        return records;
    }
}
