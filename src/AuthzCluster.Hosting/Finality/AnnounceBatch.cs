using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Hosting.Finality;

/// <summary>Announcements that go together: of each key the highest revision. Added to by who holds the announcer's lock, until its reading begins.</summary>
internal sealed class AnnounceBatch
{
    private const int MostItems = 1000;

    private readonly Dictionary<(ActorKey Key, bool IsWholeTenant), Announcement> _items = [];
    private readonly TaskCompletionSource<Exception?> _done = new();

    /// <summary>Why it cannot be made sure; null: it is.</summary>
    public Task<Exception?> Failure => _done.Task;

    /// <summary>Adds all of them, or, where the batch is full, none.</summary>
    public bool TryAdd(ReadOnlySpan<Announcement> items)
    {
        if (_items.Count > 0 && _items.Count + items.Length > MostItems)
        {
            return false;
        }
        foreach (var item in items)
        {
            var slot = (item.Key, item.IsWholeTenant);
            if (!_items.TryGetValue(slot, out var known) || known.Revision < item.Revision)
            {
                _items[slot] = item;
            }
        }
        return true;
    }

    public IReadOnlyList<Announcement> Items() => [.. _items.Values];

    public void Succeed() => _done.TrySetResult(null);

    public void Fail(Exception failure) => _done.TrySetResult(failure);
}
