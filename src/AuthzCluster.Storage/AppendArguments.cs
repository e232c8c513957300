using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Storage;

/// <summary>What is checked of audit records before they join a group.</summary>
internal static class AppendArguments
{
    public static void Check(TenantId tenant, IReadOnlyList<StoredAudit> records)
    {
        StoredText.Check(tenant.Value);
        for (var i = 0; i < records.Count; i++)
        {
            var record = records[i];
            if (record.Sequence != records[0].Sequence + i)
            {
                throw new ArgumentException("Records are appended in sequence, without a gap.", nameof(records));
            }

            StoredText.Check(record.Actor);
            StoredText.Check(record.Action);
            StoredText.Check(record.TargetType);
            StoredText.Check(record.TargetId);
            foreach (var (type, id) in record.About)
            {
                StoredText.Check(type);
                StoredText.Check(id);
            }
        }
    }
}
