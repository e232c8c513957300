using System.Collections.Concurrent;

namespace AuthzCluster.Grains.Replicas;

/// <summary>
/// The things used of late, at most twice so many as said: two generations, of which the older goes when the younger is
/// full. What is used comes into the younger. For any thread.
/// </summary>
/// <param name="size">How many a generation has.</param>
/// <param name="make">Makes one.</param>
/// <param name="leave">Is told of each that goes, while none comes.</param>
internal sealed class Recent<TKey, TValue>(int size, Func<TKey, TValue> make, Action<TValue> leave)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private volatile ConcurrentDictionary<TKey, TValue> _young = new(), _old = new();
    private int _count;

    public TValue Get(TKey key) => _young.TryGetValue(key, out var value) ? value : Enter(key);

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
                foreach (var (gone, left) in _old)
                {
                    if (!_young.ContainsKey(gone))
                    {
                        leave(left);
                    }
                }
                (_old, _young, _count) = (_young, new(), 0);
            }
            value = _old.TryGetValue(key, out var known) ? known : make(key);
            _young[key] = value;
            _count++;
            return value;
        }
    }
}
