using AuthzCluster.Actors.Views;

namespace AuthzCluster.Api.Endpoints;

/// <summary>Pages of lists that are whole in memory.</summary>
internal static class Slices
{
    /// <summary>The items after a key. <paramref name="items"/> are in ordinal order of their keys.</summary>
    public static Page<T> Take<T>(IEnumerable<T> items, Func<T, string> key, string? after, int limit)
    {
        var rest = items.Where(item => after is null || string.CompareOrdinal(key(item), after) > 0).Take(limit + 1).ToList();
        if (rest.Count <= limit)
        {
            return new Page<T>(rest, null);
        }
        rest.RemoveAt(limit);
        return new Page<T>(rest, key(rest[^1]));
    }
}
