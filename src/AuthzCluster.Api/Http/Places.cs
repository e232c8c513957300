namespace AuthzCluster.Api.Http;

/// <summary>
/// How many requests are handled at once. Some more wait, shortly and in their order; the others are to be refused while
/// that is still cheap. To enter and to leave costs one interlocked operation unless somebody waits.
/// </summary>
/// <param name="most">How many are handled at once.</param>
/// <param name="queue">How many wait.</param>
/// <param name="patience">How long one waits.</param>
internal sealed class Places(int most, int queue, TimeSpan patience)
{
    private const long OneTaken = 1, OneWaits = 1L << 32;

    // One permit for each place that was handed to one who waits.
    private readonly SemaphoreSlim _handed = new(0);

    // Taken in the lower half, waiting in the upper: one word, so that who leaves and who gives up cannot pass each other.
    // While somebody waits all places are taken: who leaves hands his over.
    private long _state;

    /// <summary>How many of the places one credential may have.</summary>
    public int Share { get; } = Math.Max(1, most / 2);

    /// <summary>Takes a place, if one is free.</summary>
    public bool TryEnter()
    {
        for (var state = Volatile.Read(ref _state); Taken(state) < most;)
        {
            if (Change(ref state, OneTaken))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Takes a place as soon as one is free; false: too many wait already, or it took too long.</summary>
    public async ValueTask<bool> EnterAsync()
    {
        for (var state = Volatile.Read(ref _state); ;)
        {
            if (Taken(state) < most)
            {
                if (Change(ref state, OneTaken))
                {
                    return true;
                }
            }
            else if (Waiting(state) >= queue)
            {
                return false;
            }
            else if (Change(ref state, OneWaits))
            {
                return await _handed.WaitAsync(patience) || !await GiveUpAsync();
            }
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Leave()
    {
        for (var state = Volatile.Read(ref _state); ;)
        {
            var isWaitedFor = Waiting(state) > 0;
            if (!Change(ref state, isWaitedFor ? -OneWaits : -OneTaken))
            {
                continue;
            }
            if (isWaitedFor)
            {
                _handed.Release();
            }
            return;
        }
    }

    private static long Taken(long state) => state & uint.MaxValue;

    private static long Waiting(long state) => state >> 32;

    // Where nobody is left to give up, a place was handed over meanwhile for each who waited: it is taken after all.
    private async ValueTask<bool> GiveUpAsync()
    {
        for (var state = Volatile.Read(ref _state); Waiting(state) > 0;)
        {
            if (Change(ref state, -OneWaits))
            {
                return true;
            }
        }
        await _handed.WaitAsync();
        return false;
    }

    private bool Change(ref long state, long by)
    {
        var seen = Interlocked.CompareExchange(ref _state, state + by, state);
        var isChanged = seen == state;
        state = seen;
        return isChanged;
    }
}
