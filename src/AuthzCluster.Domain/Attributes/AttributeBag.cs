using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace AuthzCluster.Domain.Attributes;

/// <summary>
/// Named values, immutable, in ordinal order of their names. Small: a look-up walks or halves an array. What joins large ones looks into each, and is made one array
/// only where somebody wants all of it: a batch or a search has one large bag joined to many small ones.
/// </summary>
public sealed class AttributeBag : IReadOnlyCollection<KeyValuePair<string, AttributeValue>>, IEquatable<AttributeBag>
{
    private const int LinearLimit = 8, FewEntries = 16, MostCopied = 64, Deepest = 8;

    /// <summary>No values.</summary>
    public static readonly AttributeBag Empty = new([]);

    private readonly AttributeBag? _under, _over;
    private readonly int _depth, _most;
    private KeyValuePair<string, AttributeValue>[]? _entries;

    private AttributeBag(KeyValuePair<string, AttributeValue>[] entries) => (_entries, _most) = (entries, entries.Length);

    private AttributeBag(AttributeBag under, AttributeBag over) =>
        (_under, _over, _depth, _most) = (under, over, Math.Max(under._depth, over._depth) + 1, under._most + over._most);

    /// <summary>How many values.</summary>
    public int Count => Entries.Length;

    // Of several who join it at once each has the same.
    private KeyValuePair<string, AttributeValue>[] Entries => _entries ??= Merge(_under!.Entries, _over!.Entries);

    /// <summary>Builds one; of equal names the last wins.</summary>
    public static AttributeBag Of(IEnumerable<KeyValuePair<string, AttributeValue>> entries) => OfOwn([.. entries]);

    /// <summary>Builds one from pairs; of equal names the last wins.</summary>
    public static AttributeBag Of(params (string Name, AttributeValue Value)[] entries) =>
        OfOwn(Array.ConvertAll(entries, entry => KeyValuePair.Create(entry.Name, entry.Value)));

    /// <summary>Finds a value by its exact name.</summary>
    public bool TryGet(string name, [MaybeNullWhen(false)] out AttributeValue value)
    {
        if (_entries is not { } entries)
        {
            return _over!.TryGet(name, out value) || _under!.TryGet(name, out value);
        }
        var index = IndexOf(entries, name);
        value = index < 0 ? default : entries[index].Value;
        return index >= 0;
    }

    /// <summary>This bag overridden, name by name, by another.</summary>
    public AttributeBag With(AttributeBag over) =>
        over._most == 0 ? this : _most == 0 ? over
        : _most + over._most <= MostCopied || Math.Max(_depth, over._depth) >= Deepest ? new AttributeBag(Merge(Entries, over.Entries))
        : new AttributeBag(this, over);

    /// <inheritdoc/>
    public bool Equals(AttributeBag? other) =>
        other is not null && (ReferenceEquals(this, other) || Entries.SequenceEqual(other.Entries));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AttributeBag);

    /// <inheritdoc/>
    public override int GetHashCode() => _most == 0 ? 0 : HashCode.Combine(Entries.Length, Entries[0].Key, Entries[0].Value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, AttributeValue>> GetEnumerator() => Entries.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static AttributeBag OfOwn(KeyValuePair<string, AttributeValue>[] entries)
    {
        if (entries.Length <= FewEntries)
        {
            return Sort(entries) is var count and > 0 ? new AttributeBag(count == entries.Length ? entries : entries[..count]) : Empty;
        }
        var byName = new SortedDictionary<string, AttributeValue>(StringComparer.Ordinal);
        foreach (var (name, value) in entries)
        {
            byName[name] = value;
        }
        return new AttributeBag([.. byName]);
    }

    // Both are in order, so one walk does: every check of a stored entity pays for it.
    private static KeyValuePair<string, AttributeValue>[] Merge(KeyValuePair<string, AttributeValue>[] under, KeyValuePair<string, AttributeValue>[] over)
    {
        var merged = new KeyValuePair<string, AttributeValue>[under.Length + over.Length];
        var (i, j, count) = (0, 0, 0);
        while (i < under.Length && j < over.Length)
        {
            var order = string.CompareOrdinal(under[i].Key, over[j].Key);
            merged[count++] = order < 0 ? under[i] : over[j];
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        while (i < under.Length)
        {
            merged[count++] = under[i++];
        }
        while (j < over.Length)
        {
            merged[count++] = over[j++];
        }
        return count == merged.Length ? merged : merged[..count];
    }

    // By insertion: most bags have one to three entries, in order already. Answers how many names there are.
    private static int Sort(KeyValuePair<string, AttributeValue>[] entries)
    {
        var count = 0;
        foreach (var entry in entries)
        {
            var (place, order) = (count, 1);
            while (place > 0 && (order = string.CompareOrdinal(entry.Key, entries[place - 1].Key)) < 0)
            {
                place--;
            }
            if (place > 0 && order == 0)
            {
                entries[place - 1] = entry;
                continue;
            }
            Array.Copy(entries, place, entries, place + 1, count - place);
            entries[place] = entry;
            count++;
        }
        return count;
    }

    private static int IndexOf(KeyValuePair<string, AttributeValue>[] entries, string name)
    {
        if (entries.Length <= LinearLimit)
        {
            for (var i = 0; i < entries.Length; i++)
            {
                if (entries[i].Key == name)
                {
                    return i;
                }
            }
            return -1;
        }
        int low = 0, high = entries.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(entries[middle].Key, name);
            if (order == 0)
            {
                return middle;
            }
            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }
        return -1;
    }
}
