using System.Collections.Immutable;
using System.Runtime.InteropServices;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Policies;

/// <summary>Chooses for each of all policies under what it is to be found: under what the fewest others name.</summary>
internal sealed class PolicyIndexBuilder
{
    private readonly Dictionary<(PolicyPlace Place, string Text), int> _named = [];
    private readonly Dictionary<string, List<CompiledPolicy>>[] _tables = [.. Enum.GetValues<PolicyPlace>().Select(_ => new Dictionary<string, List<CompiledPolicy>>(StringComparer.Ordinal))];
    private readonly Dictionary<RoleId, List<CompiledPolicy>> _ofRoles = [];
    private readonly List<CompiledPolicy> _rest = [];

    private PolicyIndexBuilder(CompiledPolicy[] ordered)
    {
        foreach (var policy in ordered)
        {
            foreach (var key in policy.Role is null ? policy.Choices.SelectMany(choice => choice) : [])
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_named, key, out _)++;
            }
        }
        foreach (var policy in ordered)
        {
            Put(policy);
        }
    }

    /// <summary>Indexes policies that stand in their order.</summary>
    public static PolicyIndex Index(CompiledPolicy[] ordered)
    {
        var built = new PolicyIndexBuilder(ordered);
        var tables = Array.ConvertAll(built._tables, lists => new PolicyTable(ToArrays(lists, StringComparer.Ordinal)));
        return new PolicyIndex(ordered, new PolicyPlaces(tables, ToArrays(built._ofRoles, null), [.. built._rest], built._named.ToImmutableDictionary(), 0));
    }

    private static Dictionary<TKey, CompiledPolicy[]> ToArrays<TKey>(Dictionary<TKey, List<CompiledPolicy>> lists, IEqualityComparer<TKey>? comparer)
        where TKey : notnull => lists.ToDictionary(list => list.Key, list => list.Value.ToArray(), comparer);

    private static void Add<TKey>(Dictionary<TKey, List<CompiledPolicy>> lists, TKey key, CompiledPolicy policy)
        where TKey : notnull => (CollectionsMarshal.GetValueRefOrAddDefault(lists, key, out _) ??= []).Add(policy);

    private void Put(CompiledPolicy policy)
    {
        if (policy.Role is { } role)
        {
            Add(_ofRoles, role, policy);
            return;
        }
        if (policy.Choices.Length == 0)
        {
            _rest.Add(policy);
            return;
        }
        foreach (var (place, text) in PolicyPlaces.Choose(policy, _named))
        {
            Add(_tables[(int)place], text, policy);
        }
    }
}
