namespace AuthzCluster.Specification.Generation;

/// <summary>Chance, reproducible from its seed.</summary>
internal sealed class Dice(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>0 to <paramref name="below"/> - 1.</summary>
    public int Below(int below) => _random.Next(below);

    public bool Chance(int percent) => _random.Next(100) < percent;

    public T Of<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];

    /// <summary>Up to <paramref name="most"/> things, each made anew.</summary>
    public IEnumerable<T> Some<T>(int least, int most, Func<T> make)
    {
        var count = least + Below(most - least + 1);
        return [.. Enumerable.Range(0, count).Select(_ => make())];
    }
}
