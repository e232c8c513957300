namespace AuthzCluster.Domain.Policies.IpRanges;

/// <summary>Addresses, as blocks that neither meet nor overlap: a look-up halves them. Immutable.</summary>
internal sealed class IpBlockSet
{
    private readonly UInt128[] _firsts;
    private readonly UInt128[] _lasts;

    /// <summary>Of any blocks, in any order.</summary>
    public IpBlockSet(IEnumerable<IpBlock> blocks)
    {
        var merged = new List<IpBlock>();
        foreach (var block in blocks.OrderBy(block => block.First))
        {
            if (merged.Count > 0 && (merged[^1].Last == UInt128.MaxValue || block.First <= merged[^1].Last + 1))
            {
                merged[^1] = merged[^1] with { Last = UInt128.Max(merged[^1].Last, block.Last) };
                continue;
            }
            merged.Add(block);
        }
        _firsts = [.. merged.Select(block => block.First)];
        _lasts = [.. merged.Select(block => block.Last)];
    }

    /// <summary>How many blocks are left.</summary>
    public int Count => _firsts.Length;

    /// <summary>Whether an address is within one.</summary>
    public bool Contains(UInt128 address)
    {
        // How many begin at the address or before it.
        var (low, high) = (0, _firsts.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _firsts[middle] <= address ? (middle + 1, high) : (low, middle);
        }
        return low > 0 && address <= _lasts[low - 1];
    }
}
