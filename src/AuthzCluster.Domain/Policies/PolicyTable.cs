namespace AuthzCluster.Domain.Policies;

/// <summary>Policies by a text that they name, as their places in the order; each list ascends. Immutable once made.</summary>
internal sealed class PolicyTable
{
    private readonly Dictionary<string, int[]> _ranks;
    private readonly Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    /// <summary>From the lists.</summary>
    public PolicyTable(IEnumerable<KeyValuePair<string, List<int>>> lists)
    {
        _ranks = lists.ToDictionary(list => list.Key, list => list.Value.ToArray(), StringComparer.Ordinal);
        _bySpan = _ranks.GetAlternateLookup<ReadOnlySpan<char>>();
        Lengths = [.. _ranks.Keys.Select(text => text.Length).Distinct().Order()];
    }

    /// <summary>Whether nothing is in it.</summary>
    public bool IsEmpty => _ranks.Count == 0;

    /// <summary>The lengths of the texts, ascending.</summary>
    public int[] Lengths { get; }

    /// <summary>Adds the list of a text, where there is one.</summary>
    public void Find(ReadOnlySpan<char> text, ref PolicyLists found)
    {
        if (_ranks.Count > 0 && _bySpan.TryGetValue(text, out var ranks))
        {
            found.Add(ranks);
        }
    }
}
