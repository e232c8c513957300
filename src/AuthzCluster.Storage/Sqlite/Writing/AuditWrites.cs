using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Storage.Sqlite.Writing;

/// <summary>Appends to the audit log and takes the rows it came from off the outbox.</summary>
internal static class AuditWrites
{
    private const string ReadNewest = "SELECT max(sequence) FROM audit WHERE tenant = ?";
    private const string Insert = """
        INSERT INTO audit (tenant, sequence, at, actor, action, target_type, target_id, payload, hash)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    private const string InsertAbout = "INSERT OR IGNORE INTO audit_about (tenant, id, sequence, type) VALUES (?, ?, ?, ?)";
    private const string HasOutbox = "SELECT 1 FROM outbox WHERE position = ? AND tenant = ?";
    private const string DeleteOutbox = "DELETE FROM outbox WHERE position = ? AND tenant = ?";

    public static bool Append(WriteSession session, TenantId tenant, IReadOnlyList<StoredAudit> records, IReadOnlyList<long> positions)
    {
        if ((records.Count > 0 && Newest(session, tenant) != records[0].Sequence - 1) || positions.Any(position => !IsPending(session, tenant, position)))
        {
            return false;
        }

        foreach (var record in records)
        {
            session.Db.Use(Insert).Text(tenant.Value).Number(record.Sequence).Instant(record.Time)
                .Text(record.Actor).Text(record.Action).Text(record.TargetType).Text(record.TargetId)
                .Blob(record.Payload).Blob(record.Hash).Run();
            foreach (var (type, id) in record.About.Append(new(record.TargetType, record.TargetId)))
            {
                session.Db.Use(InsertAbout).Text(tenant.Value).Text(id).Number(record.Sequence).Text(type).Run();
            }
        }

        foreach (var position in positions)
        {
            session.Db.Use(DeleteOutbox).Number(position).Text(tenant.Value).Run();
        }

        return true;
    }

    private static bool IsPending(WriteSession session, TenantId tenant, long position)
    {
        using var read = session.Db.Use(HasOutbox).Number(position).Text(tenant.Value);
        return read.Step();
    }

    private static long Newest(WriteSession session, TenantId tenant)
    {
        using var read = session.Db.Use(ReadNewest).Text(tenant.Value);
        return read.Step() ? read.NumberAt(0) : 0;
    }
}
