namespace AuthzCluster.Domain.Policies;

/// <summary>Policies by a text that they name, each list in the order in which they are asked. Immutable once made.</summary>
internal sealed class PolicyTable
{
    private readonly Dictionary<string, CompiledPolicy[]> _lists;
    private readonly Dictionary<string, CompiledPolicy[]>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private int[]? _lengths;

    /// <summary>Of lists, none of them empty, by texts that are compared ordinally. They are the table's from now on.</summary>
    public PolicyTable(Dictionary<string, CompiledPolicy[]> lists)
    {
        _lists = lists;
        _bySpan = lists.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Whether nothing is in it.</summary>
    public bool IsEmpty => _lists.Count == 0;

    /// <summary>The lengths of the texts, ascending. Made when first asked for, and kept.</summary>
    public int[] Lengths => _lengths ??= [.. _lists.Keys.Select(text => text.Length).Distinct().Order()];

    /// <summary>Adds the list of a text, where there is one.</summary>
    public void Find(ReadOnlySpan<char> text, ref PolicyLists found)
    {
        if (_lists.Count > 0 && _bySpan.TryGetValue(text, out var policies))
        {
            found.Add(policies);
        }
    }

    /// <summary>The list of a text; empty: there is none.</summary>
    public CompiledPolicy[] Of(string text) => _lists.GetValueOrDefault(text, []);

    /// <summary>A copy of the lists, to make another table of.</summary>
    public Dictionary<string, CompiledPolicy[]> Copy() => new(_lists, StringComparer.Ordinal);
}
