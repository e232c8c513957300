using System.Collections.Concurrent;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Doors;

/// <summary>
/// Tells the audit log of attempts on what is protected, at whichever door. Each refused write is told; of refused reads and questions, and of all that
/// strangers to the tenant try, one in 5 seconds of each caller and kind: so a caller in a loop does not fill the log, least of all that of those who
/// cannot take its credential away.
/// </summary>
/// <param name="audit">The audit logs.</param>
/// <param name="clock">The time.</param>
public sealed class RefusedAttempts(IAuditTrail audit, TimeProvider clock)
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(SubjectId Caller, TenantId Tenant, string What), DateTimeOffset> _told = new();

    /// <summary>Whether a refusal with this code is one of an attempt on something protected.</summary>
    public static bool Concerns(string code) => code is "forbidden" or "system_role_protected" or "role_conflict";

    /// <summary>Records a refusal. Where it cannot be recorded the refusal stands all the same.</summary>
    /// <param name="tenant">Where it was decided.</param>
    /// <param name="what">The kind of attempt.</param>
    /// <param name="isWrite">Whether it would have changed something.</param>
    /// <param name="credential">What the caller came with.</param>
    /// <param name="entry">What the log is to say.</param>
    /// <param name="caller">Who tried.</param>
    public async Task TellAsync(TenantId tenant, string what, bool isWrite, Credential credential, AuditEntry entry, Caller caller)
    {
        if (!(isWrite && credential.IsOf(tenant)) && !IsFirst(caller, tenant, what))
        {
            return;
        }
        var recorded = await audit.RecordAsync(tenant, entry, caller);
        if (recorded.Error?.Code != ErrorCode.TenantNotFound)
        {
            return;
        }
        // Nothing protected was attempted, and names of tenants that are not there are without number: as one of them all.
        _told.TryRemove((caller.Principal, tenant, what), out _);
        if (IsFirst(caller, TenantId.System, what))
        {
            await audit.RecordAsync(TenantId.System, entry, caller);
        }
    }

    private bool IsFirst(Caller caller, TenantId tenant, string what)
    {
        var (now, key) = (clock.GetUtcNow(), (caller.Principal, tenant, what));
        if (_told.Count >= MostRemembered)
        {
            _told.Clear();
        }
        // Of several at once one tells.
        return _told.TryGetValue(key, out var last) ? now - last >= Pause && _told.TryUpdate(key, now, last) : _told.TryAdd(key, now);
    }
}
