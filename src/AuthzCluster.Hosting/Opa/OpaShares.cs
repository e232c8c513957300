using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Hosting.Opa;

/// <summary>What each tenant may take of a server: a quarter of what may be under way, one at least, and so many more wait. Of a tenant without questions nothing is kept.</summary>
internal sealed class OpaShares(int mostAtOnce)
{
    // With the default enough for the longest batch.
    private const int WaitingForEach = 16;

    private readonly Lock _lock = new();
    private readonly Dictionary<TenantId, Share> _shares = [];

    private int MostUnderWay => Math.Max(1, mostAtOnce / 4);

    /// <summary>How many tenants have questions.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _shares.Count;
            }
        }
    }

    /// <summary>One question more; null: no more may wait. Who got one says <see cref="Leave"/>, once.</summary>
    public Share? Enter(TenantId tenant)
    {
        lock (_lock)
        {
            if (!_shares.TryGetValue(tenant, out var share))
            {
                _shares.Add(tenant, share = new Share(MostUnderWay));
            }
            if (share.Here >= MostUnderWay + (mostAtOnce * WaitingForEach))
            {
                return null;
            }
            share.Here++;
            return share;
        }
    }

    /// <summary>One question less.</summary>
    public void Leave(TenantId tenant, Share share)
    {
        lock (_lock)
        {
            if (--share.Here == 0)
            {
                _shares.Remove(tenant);
                share.Free.Dispose();
            }
        }
    }

    /// <summary>One tenant's.</summary>
    internal sealed class Share(int mostUnderWay)
    {
        /// <summary>How many of its questions are here; counted under the lock of all.</summary>
        public int Here { get; set; }

        /// <summary>Its turns.</summary>
        public SemaphoreSlim Free { get; } = new(mostUnderWay);
    }
}
