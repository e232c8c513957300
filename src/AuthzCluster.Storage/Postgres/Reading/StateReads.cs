using System.Diagnostics;
using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Storage.Postgres.Reading;

/// <summary>
/// Reads of actors' states. Who comes while enough trips are under way waits for the next, and goes with all who wait: many at once cost little
/// more than one. A trip begins after all in it asked, so each sees what was acknowledged before it did.
/// </summary>
/// <param name="trip">Reads the states of some actors; those that nothing is stored of are left out.</param>
internal sealed class StateReads(Func<IReadOnlyList<ActorKey>, ValueTask<IReadOnlyList<StoredState>>> trip)
{
    private const int MostKeys = 256, MostTogether = 32;

    // A trip that takes longer keeps its place no more: who comes then does not wait for what hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly Queue<WantedState> _waiting = [];

    // When the trip that has the place began; 0: it is free.
    private readonly long[] _places = new long[4];

    /// <summary>Reads one; null: nothing is stored.</summary>
    public async ValueTask<StoredState?> ReadAsync(ActorKey key)
    {
        // Models are large: nobody waits for another's.
        if (key.IsTenant)
        {
            return (await trip([key]).ConfigureAwait(false)).FirstOrDefault();
        }

        var wanted = new WantedState(key);
        Join([wanted]);
        return await wanted.Task.ConfigureAwait(false);
    }

    /// <summary>Reads many; those that nothing is stored of are left out.</summary>
    public async ValueTask<IReadOnlyList<StoredState>> ReadManyAsync(IReadOnlyList<ActorKey> keys)
    {
        if (keys.Count > MostTogether || keys.Any(key => key.IsTenant))
        {
            return await trip(keys).ConfigureAwait(false);
        }

        WantedState[] wanted = [.. keys.Distinct().Select(key => new WantedState(key))];
        Join(wanted);
        var states = await Task.WhenAll(wanted.Select(one => one.Task)).ConfigureAwait(false);
        return [.. states.OfType<StoredState>()];
    }

    private void Join(ReadOnlySpan<WantedState> wanted)
    {
        int place;
        lock (_gate)
        {
            foreach (var one in wanted)
            {
                _waiting.Enqueue(one);
            }

            place = Array.FindIndex(_places, began => began == 0 || Stopwatch.GetElapsedTime(began) > Patience);
            if (place < 0)
            {
                return;
            }

            _places[place] = Stopwatch.GetTimestamp();
        }

        _ = TakeAsync(place);
    }

    private async Task TakeAsync(int place)
    {
        long began = 0;
        while (Next(place, ref began) is { Count: > 0 } together)
        {
            try
            {
                var states = await trip([.. together.Select(one => one.Key).Distinct()]).ConfigureAwait(false);
                var found = states.ToDictionary(state => state.Key);
                together.ForEach(one => one.SetResult(found.GetValueOrDefault(one.Key)));
            }
            catch (Exception failure)
            {
                together.ForEach(one => one.TrySetException(failure));
            }
        }
    }

    // None: nobody waits, or another has the place. 0: the place was given, and nothing taken yet.
    private List<WantedState> Next(int place, ref long began)
    {
        lock (_gate)
        {
            if (began != 0 && _places[place] != began)
            {
                return [];
            }

            var together = new List<WantedState>(Math.Min(_waiting.Count, MostKeys));
            while (together.Count < MostKeys && _waiting.TryDequeue(out var one))
            {
                together.Add(one);
            }

            _places[place] = began = together.Count > 0 ? Stopwatch.GetTimestamp() : 0;
            return together;
        }
    }
}
