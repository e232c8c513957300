using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Storage.Postgres.Writing;

/// <summary>
/// Keys of indexes as locks: who adds to a key shares its stripe with all others who do, who needs it vacant has the
/// stripe alone. A stripe is a hash that every node computes alike: never change it.
/// </summary>
internal static class Stripes
{
    private const uint Count = 256;

    /// <summary>The stripes of a group, in order.</summary>
    public static List<(int Number, bool IsVacant)> Of(List<PendingCommit> commits)
    {
        var stripes = new SortedDictionary<int, bool>();
        foreach (var pending in commits)
        {
            foreach (var row in pending.Commit.Adds)
            {
                stripes.TryAdd(Of(row), false);
            }
        }

        foreach (var pending in commits)
        {
            foreach (var row in pending.Commit.Vacant)
            {
                stripes[Of(row)] = true;
            }
        }

        return [.. stripes.Select(stripe => (stripe.Key, stripe.Value))];
    }

    private static int Of(in IndexRow row) => (int)(Add(Add(Add(2166136261, row.Tenant.Value), row.Index), row.Key) % Count);

    // FNV-1a over the code units; a step of its own parts what follows.
    private static uint Add(uint hash, string text)
    {
        foreach (var unit in text)
        {
            hash = (hash ^ unit) * 16777619;
        }

        return (hash ^ 0xFFFF) * 16777619;
    }
}
