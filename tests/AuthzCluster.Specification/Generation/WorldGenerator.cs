using System.Collections.Immutable;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Specification.Generation;

/// <summary>Makes worlds small and crowded enough that every reason, tie and boundary is met often.</summary>
public static class WorldGenerator
{
    private static readonly string[][] Packs = [[], ["standard"], ["business"], ["business", "standard"]];

    /// <summary>The world of a seed.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="requests">How many questions; the model and the subjects do not depend on it.</param>
    public static GeneratedWorld World(int seed, int requests = 50)
    {
        var dice = new Dice(seed);
        var packs = dice.Of(Packs);
        var roles = new RoleGenerator(dice, packs).Roles();
        var grants = new GrantGenerator(dice, packs, roles);
        var teams = Alphabet.Teams.Select(team => (Team: team, Grants: grants.LiveAndEnded(3))).ToList();
        var subjects = Alphabet.Subjects.Select(subject => (subject, grants.Subject())).ToList();
        var entities = new EntityGenerator(dice).Some();
        var model = new TenantModel
        {
            Id = TenantId.Default,
            DisplayName = $"Seed {seed}",
            Packs = [.. packs],
            Roles = roles.ToImmutableDictionary(role => role.Id),
            TeamGrants = teams.Where(team => team.Grants.Live.Length > 0)
                .ToImmutableSortedDictionary(team => team.Team, team => team.Grants.Live, StringComparer.Ordinal),
            TeamHistory = teams.Where(team => team.Grants.History.Length > 0)
                .ToImmutableSortedDictionary(team => team.Team, team => team.Grants.History, StringComparer.Ordinal),
            // Now and then a type of which nothing is stored.
            EntityTypes = entities.Keys.Select(entity => entity.Type).Concat(dice.Chance(20) ? ["service", "list"] : []).ToImmutableSortedSet(StringComparer.Ordinal),
            CreatedAt = Alphabet.Now,
            UpdatedAt = Alphabet.Now,
        };
        var questions = new RequestGenerator(dice);
        return new GeneratedWorld(seed, model, subjects, [.. Enumerable.Range(0, requests).Select(_ => questions.Next())]) { Entities = entities };
    }

    /// <summary>The same world, with policies besides.</summary>
    public static GeneratedWorld WithPolicies(GeneratedWorld world)
    {
        var policies = new PolicyGenerator(new Dice(~world.Seed), [.. world.Model.Roles.Values.Select(role => role.Name).Order(StringComparer.Ordinal)]);
        var own = policies.Some(6).ToImmutableDictionary(policy => policy.Id, StringComparer.Ordinal);
        var roles = world.Model.Roles.Values.OrderBy(role => role.Id.Value, StringComparer.Ordinal)
            .Select(role => role with { Policies = policies.OfRole() }).ToImmutableDictionary(role => role.Id);
        return world with { Model = world.Model with { Policies = own, Roles = roles } };
    }
}
