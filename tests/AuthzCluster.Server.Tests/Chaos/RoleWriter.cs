using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Server.Tests.Chaos;

/// <summary>Makes roles, edits them, gives them to many by an import, and removes them with all that.</summary>
internal sealed class RoleWriter(int number, ApiClient api, Ledger ledger, Random random) : Writer($"roles{number}", api, ledger, random)
{
    // More holders than one step of a deletion takes.
    private const int RoleCount = 3, HolderCount = 80;

    public static IEnumerable<string> RolesOf(int number) => Enumerable.Range(0, RoleCount).Select(role => $"r{number}-{role}");

    public static IEnumerable<string> UsersOf(int number) => Enumerable.Range(0, HolderCount).Select(user => $"h{number}-{user}");

    protected override Task StepAsync()
    {
        var role = $"r{number}-{Random.Next(RoleCount)}";
        var fact = Facts.Role(role);
        var permissions = Ledger[fact];
        var fresh = $"{role}:v{Random.Next(1_000_000)}";
        return permissions.Length == 0
            ? SendAsync("POST", "/api/v1/roles", new { id = role, name = role, permissions = new[] { fresh } }, (fact, fresh))
            : Random.Next(4) switch
            {
                0 => SendAsync("PUT", $"/api/v1/roles/{role}", new { name = role, permissions = new[] { fresh } }, (fact, fresh)),
                1 => SendAsync("POST", $"/api/v1/roles/{role}/permissions", new { permission = fresh },
                    (fact, string.Join(' ', permissions.Split(' ').Append(fresh).Distinct().Order(StringComparer.Ordinal)))),
                2 => GiveAsync(role),
                _ => DeleteAsync(role),
            };
    }

    private Task GiveAsync(string role)
    {
        var users = UsersOf(number).Where(user => Ledger[Facts.Holds(user, role)] == Facts.No).ToList();
        var write = new ChaosWrite(NewId(), users.ToDictionary(user => Facts.Holds(user, role), _ => Facts.Yes)) { IsWhole = false };
        return SendAsync("POST", "/api/v1/import?format=assignments", users.Select(user => new { user_id = user, role }), write);
    }

    private Task DeleteAsync(string role)
    {
        var held = UsersOf(number).Where(user => Ledger[Facts.Holds(user, role)] == Facts.Yes);
        var facts = held.ToDictionary(user => Facts.Holds(user, role), _ => Facts.No);
        var force = facts.Count > 0 || Random.Next(2) == 0;
        facts.Add(Facts.Role(role), Facts.No);
        return SendAsync("DELETE", $"/api/v1/roles/{role}?force={(force ? "true" : "false")}", null, new ChaosWrite(NewId(), facts) { Deletes = role });
    }
}
