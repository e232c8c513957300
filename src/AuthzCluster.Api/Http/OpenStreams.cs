using System.Runtime.InteropServices;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Http;

/// <summary>
/// The streams that are open, and whose: one takes no place among the requests, but memory, so there is a bound of all, of each caller's, and, however
/// many keys it has, of each tenant's.
/// </summary>
/// <param name="most">How many are open at once.</param>
/// <param name="mostOfTenant">How many of those in one tenant.</param>
/// <param name="mostOfOne">How many of those one caller's.</param>
internal sealed class OpenStreams(int most, int mostOfTenant, int mostOfOne)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TenantId, int> _tenants = [];
    private readonly Dictionary<(TenantId Tenant, SubjectId Caller), int> _callers = [];
    private int _all;

    /// <summary>Counts another one; false: there are too many.</summary>
    public bool TryOpen(TenantId tenant, SubjectId caller)
    {
        lock (_lock)
        {
            if (_all >= most || _tenants.GetValueOrDefault(tenant) >= mostOfTenant || _callers.GetValueOrDefault((tenant, caller)) >= mostOfOne)
            {
                return false;
            }
            Count(_tenants, tenant, 1);
            Count(_callers, (tenant, caller), 1);
            _all++;
            return true;
        }
    }

    /// <summary>One that was counted has ended.</summary>
    public void Close(TenantId tenant, SubjectId caller)
    {
        lock (_lock)
        {
            _all--;
            Count(_tenants, tenant, -1);
            Count(_callers, (tenant, caller), -1);
        }
    }

    private static void Count<TKey>(Dictionary<TKey, int> counts, TKey key, int change) where TKey : notnull
    {
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _);
        count += change;
        if (count == 0)
        {
            counts.Remove(key);
        }
    }
}
