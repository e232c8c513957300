using System.Runtime.CompilerServices;

namespace AuthzCluster.Domain.Policies;

/// <summary>Lists of ranks that were found for a question: few, as a rule, and then nothing is allocated. A copy is added to by itself once it has many.</summary>
internal struct PolicyLists
{
    private const int Few = 8;

    private FewLists _few;
    private int[][]? _many;

    /// <summary>How many lists.</summary>
    public int Count { get; private set; }

    /// <summary>One of them.</summary>
    public readonly int[] this[int index] => _many is { } many ? many[index] : _few[index];

    /// <summary>Adds one.</summary>
    public void Add(int[] ranks)
    {
        if (_many is null && Count < Few)
        {
            _few[Count++] = ranks;
            return;
        }
        // Copies share the array, and each reads what it had when it was made: one that is added to is used up before the next is.
        if (_many is null || Count == _many.Length)
        {
            var many = new int[Count * 2][];
            for (var i = 0; i < Count; i++)
            {
                many[i] = this[i];
            }
            _many = many;
        }
        _many[Count++] = ranks;
    }

    [InlineArray(Few)]
    private struct FewLists
    {
        private int[] _first;
    }
}
