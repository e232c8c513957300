using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Storage.Postgres;

/// <summary>Which indexes have a tally of each key, and in how many shards.</summary>
internal static class Tallies
{
    /// <summary>Enough for the writers of a few nodes to have one each, most of the time.</summary>
    public const int Shards = 16;

    // What is due has one key for everybody, and nobody counts it.
    public static readonly short[] Indexes = [.. IndexCodes.All.Where(code => IndexCodes.IsTallied(code) && code != IndexCodes.Due).Select(code => (short)code)];

    public static bool Has(int index) => Indexes.Contains((short)index);
}
