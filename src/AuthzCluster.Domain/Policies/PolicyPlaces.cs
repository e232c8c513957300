using System.Collections.Immutable;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Policies;

/// <summary>Where the policies of an index stand. Immutable once made; those of a later index share what did not change.</summary>
/// <param name="Tables">What is found by a text, by <see cref="PolicyPlace"/>.</param>
/// <param name="OfRoles">Those attached to roles.</param>
/// <param name="Rest">Those that each question must look at.</param>
/// <param name="Named">How many of the tenant's policies name a text, whether they stand under it or not.</param>
/// <param name="Edits">How many came or went since all were placed.</param>
internal sealed record PolicyPlaces(
    PolicyTable[] Tables, Dictionary<RoleId, CompiledPolicy[]> OfRoles, CompiledPolicy[] Rest, ImmutableDictionary<(PolicyPlace Place, string Text), int> Named, int Edits)
{
    /// <summary>What is found by one part of a target.</summary>
    public PolicyTable this[PolicyPlace place] => Tables[(int)place];

    /// <summary>Under what a policy of the tenant may stand. A list that matches all is nothing to find a policy by; of actions and principals only texts are looked up.</summary>
    public static IEnumerable<(PolicyPlace Place, string Text)[]> Choices(CompiledPolicy policy)
    {
        if (!policy.Resources.MatchesAll)
        {
            yield return [.. policy.Resources.Patterns.Select(pattern => (PlaceOf(pattern.Kind), pattern.Text))];
        }
        if (policy.Actions.IsExact)
        {
            yield return [.. policy.Actions.Patterns.Select(pattern => (PolicyPlace.Action, pattern.Text))];
        }
        if (policy.Principals.IsExact)
        {
            yield return [.. policy.Principals.Patterns.Select(pattern => (PolicyPlace.Principal, pattern.Text))];
        }
    }

    /// <summary>That of its choices which the fewest name.</summary>
    public static (PolicyPlace Place, string Text)[] Choose(CompiledPolicy policy, IReadOnlyDictionary<(PolicyPlace Place, string Text), int> named) =>
        policy.Choices.MinBy(keys => keys.Sum(key => (long)named[key]))!;

    private static PolicyPlace PlaceOf(PolicyPattern.Form form) => form switch
    {
        PolicyPattern.Form.Prefix => PolicyPlace.ResourcePrefix,
        PolicyPattern.Form.Suffix => PolicyPlace.ResourceSuffix,
        _ => PolicyPlace.Resource,
    };
}
