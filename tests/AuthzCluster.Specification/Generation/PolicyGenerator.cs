using System.Collections.Immutable;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Specification.Generation;

/// <summary>Policies that meet the same few questions: every form of pattern, ties of priority, conditions that hold, do not, and err.</summary>
internal sealed class PolicyGenerator(Dice dice, IReadOnlyList<string> roles)
{
    private static readonly string[] Resources =
    [
        "invoices", "projects", "authz.roles", "authz.teams.members", "invoices:read", "projects:update", "authz.roles:list", "invoices:read:own", "projects:list:team",
        "*", "invoices*", "invoices:*", "authz.*", "invoices:read:*", "inv*", "authz.roles:u*", "*:read", "*:own", "*roles", "*:list:team", "*s", "absent", "*:absent",
    ];

    private static readonly string[] Actions = ["read", "update", "list", "*", "re*", "*date", "*st", "absent"];

    private static readonly string[] Principals =
    [
        "alice", "Alice", "user:alice", "service:alice", "42", "user:b:o/b%2F", "zoë", "*", "user:*", "service:*", "al*", "*alice", "team:red", "team:*", "*red", "team:b|l:u/e",
        "role:*", "role:manager", "role:viewer", "role:read_only", "nobody", "team:absent",
    ];

    private readonly ConditionGenerator _conditions = new(dice);
    private int _made;

    public ImmutableArray<PolicyDefinition> Some(int most) => [.. dice.Some(0, most, One)];

    public ImmutableArray<PolicyDefinition> OfRole() => dice.Chance(70) ? [] : [.. dice.Some(1, 2, One)];

    private PolicyDefinition One()
    {
        var isDeny = dice.Chance(45);
        return new PolicyDefinition
        {
            Id = $"{dice.Of(["p", "P", "z"])}{++_made}",
            Name = "a policy",
            Effect = isDeny ? PolicyEffect.Deny : PolicyEffect.Allow,
            Resources = [.. dice.Some(dice.Chance(75) ? 1 : 0, 2, () => dice.Of(Resources))],
            Actions = dice.Chance(70) ? [] : [.. dice.Some(1, 2, () => dice.Of(Actions))],
            Principals = dice.Chance(50) ? [] : [.. dice.Some(1, 3, () => dice.Chance(40) && roles.Count > 0 ? $"role:{dice.Of(roles)}" : dice.Of(Principals))],
            Conditions = dice.Chance(45) ? [] : _conditions.Some(1),
            Priority = dice.Below(3) * 10,
            IsActive = !dice.Chance(10),
            GrantPermissions = isDeny || dice.Chance(40) ? [] : [.. dice.Some(1, 3, () => Alphabet.Granted(dice)).Distinct().Order()],
        };
    }
}
