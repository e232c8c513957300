using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Domain.Policies;

/// <summary>A condition ready to be evaluated: no parsing, no reflection. Pure: the instant, in UTC ticks, is an argument.</summary>
/// <param name="evaluate">What it comes to for a question at an instant.</param>
/// <param name="changes">
/// An instant after the given one before which time alone cannot change what it comes to, as late as is known; the given one where nothing is known;
/// <see cref="Never"/>. Null: time is nothing to it.
/// </param>
internal sealed class CompiledCondition(Func<AccessRequest, long, Truth> evaluate, Func<long, long>? changes = null)
{
    /// <summary>The instant of what never comes.</summary>
    public const long Never = long.MaxValue;

    /// <summary>Of one that breaks the rules.</summary>
    public static readonly CompiledCondition Malformed = new((_, _) => Truth.Error);

    /// <summary>Whether time alone may change what it comes to.</summary>
    public bool DependsOnTime => changes is not null;

    /// <summary>Whether it asks an outside engine, itself or within.</summary>
    public bool AsksOutside { get; init; }

    /// <summary>What it comes to.</summary>
    public Truth Evaluate(AccessRequest request, long now) => evaluate(request, now);

    /// <summary>Before this instant time alone cannot change what it comes to at <paramref name="now"/>.</summary>
    public long ChangesAfter(long now) => changes is null ? Never : changes(now);

    /// <summary>One that is made of others.</summary>
    public static CompiledCondition Of(CompiledCondition[] parts, Func<AccessRequest, long, Truth> evaluate) =>
        new(evaluate, Array.Exists(parts, part => part.DependsOnTime) ? now => ChangesAfter(parts, now) : null)
        {
            AsksOutside = Array.Exists(parts, part => part.AsksOutside),
        };

    /// <summary>The earliest of several.</summary>
    public static long ChangesAfter(ReadOnlySpan<CompiledCondition> conditions, long now)
    {
        var earliest = Never;
        foreach (var condition in conditions)
        {
            earliest = Math.Min(earliest, condition.ChangesAfter(now));
        }
        return earliest;
    }
}
