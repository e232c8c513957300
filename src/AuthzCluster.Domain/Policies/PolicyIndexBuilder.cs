using System.Runtime.InteropServices;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Policies;

/// <summary>Chooses for each policy under what it is to be found: under what the fewest others name.</summary>
internal sealed class PolicyIndexBuilder
{
    private readonly Dictionary<(Place Place, string Text), int> _counts = [];
    private readonly Dictionary<Place, Dictionary<string, List<int>>> _tables = [];

    private PolicyIndexBuilder(CompiledPolicy[] ordered)
    {
        foreach (var policy in ordered)
        {
            foreach (var key in policy.Role is null ? policy.Choices.SelectMany(choice => choice) : [])
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_counts, key, out _)++;
            }
        }
        for (var rank = 0; rank < ordered.Length; rank++)
        {
            Put(ordered[rank], rank);
        }
    }

    /// <summary>What a policy can be found by.</summary>
    internal enum Place : byte
    {
        Resource,
        ResourcePrefix,
        ResourceSuffix,
        Action,
        Principal,
    }

    /// <summary>Those attached to roles.</summary>
    public Dictionary<RoleId, List<int>> OfRoles { get; } = [];

    /// <summary>Those that each question must look at.</summary>
    public List<int> Rest { get; } = [];

    /// <summary>Indexes policies that stand in their order.</summary>
    public static PolicyIndex Index(CompiledPolicy[] ordered) => new(ordered, new PolicyIndexBuilder(ordered));

    /// <summary>What is found by one thing.</summary>
    public PolicyTable Table(Place place) => new(_tables.GetValueOrDefault(place, []));

    /// <summary>Under what a policy may stand. A list that matches all is nothing to find a policy by; of actions and principals only texts are looked up.</summary>
    public static IEnumerable<(Place Place, string Text)[]> Choices(CompiledPolicy policy)
    {
        if (!policy.Resources.MatchesAll)
        {
            yield return [.. policy.Resources.Patterns.Select(pattern => (PlaceOf(pattern.Kind), pattern.Text))];
        }
        if (policy.Actions.IsExact)
        {
            yield return [.. policy.Actions.Patterns.Select(pattern => (Place.Action, pattern.Text))];
        }
        if (policy.Principals.IsExact)
        {
            yield return [.. policy.Principals.Patterns.Select(pattern => (Place.Principal, pattern.Text))];
        }
    }

    private void Put(CompiledPolicy policy, int rank)
    {
        if (policy.Role is { } role)
        {
            OfRoles.TryAdd(role, []);
            OfRoles[role].Add(rank);
            return;
        }
        if (policy.Choices.Length == 0)
        {
            Rest.Add(rank);
            return;
        }
        foreach (var (place, text) in policy.Choices.MinBy(keys => keys.Sum(key => (long)_counts[key]))!)
        {
            var table = CollectionsMarshal.GetValueRefOrAddDefault(_tables, place, out _) ??= new(StringComparer.Ordinal);
            (CollectionsMarshal.GetValueRefOrAddDefault(table, text, out _) ??= []).Add(rank);
        }
    }

    private static Place PlaceOf(PolicyPattern.Form form) => form switch
    {
        PolicyPattern.Form.Prefix => Place.ResourcePrefix,
        PolicyPattern.Form.Suffix => Place.ResourceSuffix,
        _ => Place.Resource,
    };
}
