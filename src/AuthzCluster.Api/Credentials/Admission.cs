using System.Collections.Concurrent;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Credentials;

/// <summary>A credential as the door remembers it, with what its bearer may ask where.</summary>
internal sealed class Admission(Credential credential, DateTimeOffset until, long since, Share share)
{
    private readonly ConcurrentDictionary<TenantId, AskingRight> _asking = new();

    public Credential Credential { get; } = credential;

    /// <summary>How much of what is handled is its bearer's; kept when the credential is judged anew.</summary>
    public Share Share { get; } = share;

    /// <summary>Whether it may still be relied on: by the clock, for ends are exact, and by what has passed, for clocks are set back.</summary>
    public bool IsFresh(TimeProvider clock) => clock.GetUtcNow() < until && clock.GetElapsedTime(since) < CredentialCheck.Memory;

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
