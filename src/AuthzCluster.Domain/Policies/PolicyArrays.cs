namespace AuthzCluster.Domain.Policies;

/// <summary>Arrays of policies in the order in which they are asked.</summary>
internal static class PolicyArrays
{
    /// <summary>Finds the place of a policy by its definition; the complement of where it would stand: it is not there.</summary>
    public static int IndexOf(ReadOnlySpan<CompiledPolicy> policies, PolicyDefinition definition)
    {
        int low = 0, high = policies.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = CompiledPolicy.Order(policies[middle].Definition, definition);
            if (order == 0)
            {
                return middle;
            }
            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }
        return ~low;
    }

    /// <summary>Whether this very policy is there.</summary>
    public static bool Has(ReadOnlySpan<CompiledPolicy> policies, CompiledPolicy policy) =>
        IndexOf(policies, policy.Definition) is var index && index >= 0 && ReferenceEquals(policies[index], policy);

    /// <summary>A copy with one more, in its place.</summary>
    public static CompiledPolicy[] With(CompiledPolicy[] policies, CompiledPolicy policy)
    {
        var index = IndexOf(policies, policy.Definition);
        index = index < 0 ? ~index : index;
        return [.. policies.AsSpan(0, index), policy, .. policies.AsSpan(index)];
    }

    /// <summary>A copy without one that is there.</summary>
    public static CompiledPolicy[] Without(CompiledPolicy[] policies, CompiledPolicy policy)
    {
        var index = IndexOf(policies, policy.Definition);
        return [.. policies.AsSpan(0, index), .. policies.AsSpan(index + 1)];
    }
}
