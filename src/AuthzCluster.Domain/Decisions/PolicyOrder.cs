using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Domain.Decisions;

/// <summary>
/// Walks lists of policies as one: each policy once, in the order in which they are asked. The fronts of a few lists are compared one by one; those of many
/// stand in a heap, so that each step costs the logarithm of how many lists there are.
/// </summary>
internal readonly ref struct PolicyOrder
{
    /// <summary>How many lists need no heap.</summary>
    public const int FewLists = 16;

    private readonly PolicyLists _lists;
    private readonly Span<int> _places;

    // Numbers of lists, the one whose front comes first on top; empty: there are few.
    private readonly Span<int> _heap;

    /// <summary>At the first of all.</summary>
    /// <param name="lists">The lists.</param>
    /// <param name="room">Zeros: at least as many as <see cref="RoomFor"/> says.</param>
    public PolicyOrder(PolicyLists lists, Span<int> room)
    {
        _lists = lists;
        _places = room[..lists.Count];
        _heap = lists.Count <= FewLists ? [] : room.Slice(lists.Count, lists.Count);
        for (var i = 0; i < _heap.Length; i++)
        {
            _heap[i] = i;
        }
        for (var i = (_heap.Length / 2) - 1; i >= 0; i--)
        {
            Sink(i);
        }
    }

    /// <summary>How much room some lists need.</summary>
    public static int RoomFor(int lists) => lists <= FewLists ? lists : lists * 2;

    /// <summary>The next policy; null: no more.</summary>
    public CompiledPolicy? Next()
    {
        if (_places.Length == 1)
        {
            return _places[0] < _lists[0].Length ? _lists[0][_places[0]++] : null;
        }
        if (_heap.IsEmpty)
        {
            return NextOfFew();
        }
        var first = Front(_heap[0]);
        while (first is not null && ReferenceEquals(Front(_heap[0]), first))
        {
            _places[_heap[0]]++;
            Sink(0);
        }
        return first;
    }

    private CompiledPolicy? NextOfFew()
    {
        CompiledPolicy? first = null;
        for (var i = 0; i < _places.Length; i++)
        {
            var front = Front(i);
            first = IsBefore(front, first) ? front : first;
        }
        for (var i = 0; i < _places.Length && first is not null; i++)
        {
            _places[i] += ReferenceEquals(Front(i), first) ? 1 : 0;
        }
        return first;
    }

    private CompiledPolicy? Front(int list)
    {
        var (policies, place) = (_lists[list], _places[list]);
        return place < policies.Length ? policies[place] : null;
    }

    // What has come to its end comes last.
    private static bool IsBefore(CompiledPolicy? a, CompiledPolicy? b) =>
        a is not null && !ReferenceEquals(a, b) && (b is null || CompiledPolicy.Order(a.Definition, b.Definition) < 0);

    private void Sink(int place)
    {
        var list = _heap[place];
        var front = Front(list);
        for (var child = (place * 2) + 1; child < _heap.Length; child = (place * 2) + 1)
        {
            if (child + 1 < _heap.Length && IsBefore(Front(_heap[child + 1]), Front(_heap[child])))
            {
                child++;
            }
            if (!IsBefore(Front(_heap[child]), front))
            {
                break;
            }
            _heap[place] = _heap[child];
            place = child;
        }
        _heap[place] = list;
    }
}
