using System.Collections.Frozen;

namespace AuthzCluster.Domain.Policies;

/// <summary>The conditions that a host registered, by name. Immutable; one for the life of a node.</summary>
public sealed class CustomConditions
{
    private const int LongestName = 128;

    private readonly FrozenDictionary<string, ICustomCondition> _byName;

    /// <summary>Of what a host registered.</summary>
    /// <exception cref="ArgumentException">A name is blank, too long, or given twice.</exception>
    public CustomConditions(IEnumerable<ICustomCondition> conditions)
    {
        var byName = new Dictionary<string, ICustomCondition>(StringComparer.Ordinal);
        foreach (var condition in conditions)
        {
            if (string.IsNullOrWhiteSpace(condition.Name) || condition.Name.Length > LongestName)
            {
                throw new ArgumentException($"the custom condition {condition.GetType().Name} needs a name of 1 to {LongestName} characters");
            }
            if (!byName.TryAdd(condition.Name, condition))
            {
                throw new ArgumentException($"two custom conditions have the name `{condition.Name}`");
            }
        }
        _byName = byName.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>None at all.</summary>
    public static CustomConditions None { get; } = new([]);

    /// <summary>Their names.</summary>
    public IReadOnlyCollection<string> Names => _byName.Keys;

    /// <summary>The one of a name; null: none has it.</summary>
    public ICustomCondition? Find(string name) => _byName.GetValueOrDefault(name);
}
