using System.Collections.Concurrent;

namespace AuthzCluster.Grains.Replicas;

/// <summary>
/// The things used of late, at most twice so many as said: two generations, of which the older goes when the younger is
/// full. What is used comes into the younger. For any thread.
/// </summary>
internal sealed class Recent<TKey, TValue>(int size, Func<TKey, TValue> make)
    where TKey : notnull
    where TValue : class
{
    private readonly Lock _gate = new();
    private volatile ConcurrentDictionary<TKey, TValue> _young = new(), _old = new();
    private int _count;

    public TValue Get(TKey key) => _young.TryGetValue(key, out var value) ? value : Enter(key);

    /// <summary>What is kept of a key; null: nothing. Keeps it no longer than it would be.</summary>
    public TValue? Find(TKey key) => _young.TryGetValue(key, out var value) || _old.TryGetValue(key, out value) ? value : null;

    /// <summary>All that is kept; one that comes in meanwhile may be missing.</summary>
    public IEnumerable<KeyValuePair<TKey, TValue>> All => _young.Concat(_old);

    private TValue Enter(TKey key)
    {
        lock (_gate)
        {
            if (_young.TryGetValue(key, out var value))
            {
                return value;
            }
            if (_count >= size)
            {
                (_old, _young, _count) = (_young, new(), 0);
            }
            value = _old.TryGetValue(key, out var known) ? known : make(key);
            _young[key] = value;
            _count++;
            return value;
        }
    }
}
