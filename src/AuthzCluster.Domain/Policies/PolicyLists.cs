using System.Runtime.CompilerServices;

namespace AuthzCluster.Domain.Policies;

/// <summary>
/// Lists of policies that were found for a question, each in the order in which they are asked: few, as a rule, and then nothing is allocated. A copy is
/// added to by itself once it has many.
/// </summary>
internal struct PolicyLists
{
    private const int Few = 8;

    private FewLists _few;
    private CompiledPolicy[][]? _many;

    /// <summary>How many lists.</summary>
    public int Count { get; private set; }

    /// <summary>One of them.</summary>
    public readonly CompiledPolicy[] this[int index] => _many is { } many ? many[index] : _few[index];

    /// <summary>Adds one.</summary>
    public void Add(CompiledPolicy[] policies)
    {
        if (_many is null && Count < Few)
        {
            _few[Count++] = policies;
            return;
        }
        // Copies share the array, and each reads what it had when it was made: one that is added to is used up before the next is.
        if (_many is null || Count == _many.Length)
        {
            var many = new CompiledPolicy[Count * 2][];
            for (var i = 0; i < Count; i++)
            {
                many[i] = this[i];
            }
            _many = many;
        }
        _many[Count++] = policies;
    }

    [InlineArray(Few)]
    private struct FewLists
    {
        private CompiledPolicy[] _first;
    }
}
