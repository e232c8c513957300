using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Specification.Oracles;

namespace AuthzCluster.Specification.Generation;

/// <summary>Assignments of subjects and teams, around now and across it.</summary>
internal sealed class GrantGenerator(Dice dice, string[] packs, ImmutableArray<RoleDefinition> roles)
{
    private readonly ConditionGenerator _conditions = new(dice);
    private readonly RoleId[] _builtIn = [.. PackRoles.Of(packs).Where(role => role.Level < 90).Select(role => role.Id)];
    private int _made;

    public SubjectAssignments Subject()
    {
        var (live, history) = LiveAndEnded(5);
        return new SubjectAssignments
        {
            Revision = 1 + dice.Below(9),
            Live = live,
            History = history,
            Teams = [.. dice.Some(0, 2, () => dice.Of(Alphabet.Teams)).Distinct().Order(StringComparer.Ordinal)],
        };
    }

    /// <summary>
    /// What a principal holds, and some of what it held: expired, or revoked. A second assignment of a role in a scope
    /// would replace the first, so there is none.
    /// </summary>
    public (ImmutableArray<Assignment> Live, ImmutableArray<Assignment> History) LiveAndEnded(int most)
    {
        var all = dice.Some(0, most + 1, One).DistinctBy(one => (one.Role, one.Scope)).ToLookup(_ => dice.Chance(25));
        return ([.. all[false]], [.. all[true].Select(one => one.ExpiresAt is null || dice.Chance(20) ? one with { RevokedAt = Alphabet.Now.AddHours(-1) } : one)]);
    }

    private Assignment One()
    {
        var starts = dice.Chance(35) ? Alphabet.Instant(dice) : (DateTimeOffset?)null;
        var expires = dice.Chance(45) ? Alphabet.Instant(dice) : (DateTimeOffset?)null;
        return new Assignment
        {
            Id = $"a{++_made}",
            Role = Role(),
            Scope = dice.Chance(25) ? Alphabet.Bag(dice, 50, "region", "customer_id", "unit") : Domain.Attributes.AttributeBag.Empty,
            Conditions = dice.Chance(15) ? _conditions.Some(1) : [],
            StartsAt = starts,
            ExpiresAt = expires <= starts ? starts.Value.AddHours(2) : expires,
            IsSuspended = dice.Chance(5),
            GrantedBy = "user:admin",
            GrantedAt = Alphabet.Now.AddDays(-1),
        };
    }

    private RoleId Role() => dice.Below(20) switch
    {
        0 => new RoleId("gone"),
        1 or 2 when _builtIn.Length > 0 => dice.Of(_builtIn),
        _ => dice.Of(roles).Id,
    };
}
