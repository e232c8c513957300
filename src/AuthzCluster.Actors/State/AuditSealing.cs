using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.State;

/// <summary>Audit records are sealed before they are hashed: the chain is over the stored bytes, and is verified without keys.</summary>
internal static class AuditSealing
{
    /// <summary>The record as it is stored: payload sealed, hash over that.</summary>
    public static StoredAudit Sealed(this ActorPorts ports, TenantId tenant, StoredAudit record, byte[] previousHash)
    {
        var payload = ports.Vault.Seal(VaultPlaces.Audit(tenant, record.Sequence), record.Payload);
        return ReferenceEquals(payload, record.Payload) ? record : record with { Payload = payload, Hash = AuditCodec.HashOf(previousHash, payload) };
    }

    /// <summary>The record to be read. Its hash stays that of the stored bytes.</summary>
    public static StoredAudit Opened(this ActorPorts ports, TenantId tenant, StoredAudit stored) =>
        stored with { Payload = ports.Vault.Open(VaultPlaces.Audit(tenant, stored.Sequence), stored.Payload) };
}
