using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Hosting.Finality;

/// <summary>Announcements that go together: of each key the highest revision. Added to by who holds the announcer's lock, until its reading begins.</summary>
internal sealed class AnnounceBatch
{
    private const int MostItems = 1000;

    private readonly Dictionary<(ActorKey Key, bool IsWholeTenant), Announcement> _items = [];
    private readonly TaskCompletionSource<Exception?> _done = new();

    public AnnounceBatch(Announcement first) => TryAdd(first);

    /// <summary>Why it cannot be made sure; null: it is.</summary>
    public Task<Exception?> Failure => _done.Task;

    public bool TryAdd(Announcement item)
    {
        var slot = (item.Key, item.IsWholeTenant);
        var isKnown = _items.TryGetValue(slot, out var known);
        if (!isKnown && _items.Count == MostItems)
        {
            return false;
        }
        if (!isKnown || known.Revision < item.Revision)
        {
            _items[slot] = item;
        }
        return true;
    }

    public IReadOnlyList<Announcement> Items() => [.. _items.Values];

    public void Succeed() => _done.TrySetResult(null);

    public void Fail(Exception failure) => _done.TrySetResult(failure);
}
