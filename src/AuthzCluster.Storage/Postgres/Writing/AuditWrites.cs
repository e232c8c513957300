using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;
using Npgsql;

namespace AuthzCluster.Storage.Postgres.Writing;

/// <summary>Appends to the audit log and takes the rows it came from off the outbox.</summary>
internal static class AuditWrites
{
    private const string Append = "SELECT authz.append_audit($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

    public static Task<bool> AppendAsync(NpgsqlConnection connection, TenantId tenant, IReadOnlyList<StoredAudit> records, IReadOnlyList<long> positions)
    {
        var about = records
            .SelectMany(record => record.About.Append(new(record.TargetType, record.TargetId)), (record, target) => (record.Sequence, target.Type, target.Id))
            .Distinct().ToList();
        return connection.Command(Append).Text(tenant.Value).Numbers(positions)
            .Numbers(records.Select(record => record.Sequence))
            .Numbers(records.Select(record => Instants.ToMicroseconds(record.Time)))
            .Texts(records.Select(record => record.Actor))
            .Texts(records.Select(record => record.Action))
            .Texts(records.Select(record => record.TargetType))
            .Texts(records.Select(record => record.TargetId))
            .Blobs(records.Select(record => record.Payload))
            .Blobs(records.Select(record => record.Hash))
            .Numbers(about.Select(row => row.Sequence))
            .Texts(about.Select(row => IndexedText.Fit(row.Type)))
            .Texts(about.Select(row => IndexedText.Fit(row.Id)))
            .ValueAsync<bool>();
    }
}
