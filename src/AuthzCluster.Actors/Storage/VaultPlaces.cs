using System.Globalization;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Storage;

/// <summary>
/// The places that bytes are sealed for: each row has its own, so that what was sealed for one does not open in another. Rows of the outbox have one for each
/// tenant, for their position is not known before. Never change one: what is stored was sealed for it.
/// </summary>
public static class VaultPlaces
{
    /// <summary>An actor's state.</summary>
    public static string State(ActorKey key) => "state/" + key.Value;

    /// <summary>What was answered to a request.</summary>
    public static string Answer(TenantId tenant, string request) => $"answer/{Uri.EscapeDataString(tenant.Value)}/{request}";

    /// <summary>What waits to become a tenant's audit records.</summary>
    public static string Outbox(TenantId tenant) => "outbox/" + tenant.Value;

    /// <summary>An audit record.</summary>
    public static string Audit(TenantId tenant, long sequence) => string.Create(CultureInfo.InvariantCulture, $"audit/{sequence}/{tenant.Value}");

    /// <summary>
    /// Whether states of that kind can hold policies, conditions or secrets: a tenant's model, a subject's assignments, a request for a role, a webhook,
    /// and the keys that sign. No other does.
    /// </summary>
    public static bool HoldsSecrets(ActorKey key) => key.IsTenant || key.IsSubject || key.IsRequest || key.IsWebhook || key == ActorKey.OfSigning;
}
