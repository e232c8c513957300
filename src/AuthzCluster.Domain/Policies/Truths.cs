using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Domain.Policies;

/// <summary>Logic over <see cref="Truth"/> (Kleene's): what is certain whatever an error hides is certain.</summary>
internal static class Truths
{
    /// <summary>Not.</summary>
    public static Truth Not(Truth truth) => truth switch
    {
        Truth.False => Truth.True,
        Truth.True => Truth.False,
        _ => Truth.Error,
    };

    /// <summary>All hold; none to hold holds.</summary>
    public static Truth All(ReadOnlySpan<CompiledCondition> conditions, AccessRequest request, long now)
    {
        var result = Truth.True;
        foreach (var condition in conditions)
        {
            var truth = condition.Evaluate(request, now);
            if (truth == Truth.False)
            {
                return Truth.False;
            }
            result = truth == Truth.Error ? Truth.Error : result;
        }
        return result;
    }

    /// <summary>One holds; none to hold does not.</summary>
    public static Truth Any(ReadOnlySpan<CompiledCondition> conditions, AccessRequest request, long now)
    {
        var result = Truth.False;
        foreach (var condition in conditions)
        {
            var truth = condition.Evaluate(request, now);
            if (truth == Truth.True)
            {
                return Truth.True;
            }
            result = truth == Truth.Error ? Truth.Error : result;
        }
        return result;
    }
}
