using System.Collections.Concurrent;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Credentials;

/// <summary>A credential as the door remembers it, with what its bearer may ask where.</summary>
internal sealed class Admission(Credential credential, DateTimeOffset until)
{
    private readonly ConcurrentDictionary<TenantId, AskingRight> _asking = new();

    public Credential Credential { get; } = credential;

    /// <summary>Whether it may still be relied on.</summary>
    public bool IsFreshAt(DateTimeOffset now) => now < until;

    /// <summary>The caller of a request.</summary>
    public Caller CallerOf(string requestId) => new(Credential.Subject, requestId)
    {
        NarrowedTo = Credential.NarrowedTo,
        ReachesSystem = Credential.Tenants.Contains(TenantId.System),
    };

    /// <summary>What the bearer may ask in a tenant; null: not known.</summary>
    public AskingRight? Asking(TenantId tenant) => _asking.GetValueOrDefault(tenant);

    /// <summary>Remembers it, for as long as the credential.</summary>
    public void Remember(TenantId tenant, AskingRight right) => _asking[tenant] = right;
}
