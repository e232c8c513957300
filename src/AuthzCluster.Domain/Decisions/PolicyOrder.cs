using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Domain.Decisions;

/// <summary>Walks lists of ascending ranks as one: each rank once, the lowest first.</summary>
/// <param name="lists">The lists.</param>
/// <param name="places">A zero for each of them.</param>
internal readonly ref struct PolicyOrder(PolicyLists lists, Span<int> places)
{
    private readonly Span<int> _places = places;

    /// <summary>The next rank; -1: no more.</summary>
    public int Next()
    {
        var lowest = int.MaxValue;
        for (var i = 0; i < lists.Count; i++)
        {
            lowest = _places[i] < lists[i].Length ? Math.Min(lowest, lists[i][_places[i]]) : lowest;
        }
        for (var i = 0; i < lists.Count; i++)
        {
            _places[i] += _places[i] < lists[i].Length && lists[i][_places[i]] == lowest ? 1 : 0;
        }
        return lowest == int.MaxValue ? -1 : lowest;
    }
}
