using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Server.Tests.Chaos;

/// <summary>Gives and takes back roles that stay, and teams.</summary>
internal sealed class SubjectWriter(int number, ApiClient api, Ledger ledger, Random random) : Writer($"subjects{number}", api, ledger, random)
{
    private const int Users = 8;

    public static readonly string[] Roles = ["stays-0", "stays-1", "stays-2"], Teams = ["team-0", "team-1"];

    public static IEnumerable<string> UsersOf(int number) => Enumerable.Range(0, Users).Select(user => $"s{number}-{user}");

    protected override Task StepAsync()
    {
        var user = $"s{number}-{Random.Next(Users)}";
        if (Random.Next(4) == 0)
        {
            var team = Teams[Random.Next(Teams.Length)];
            var member = Facts.Member(user, team);
            return Ledger[member] == Facts.Yes
                ? SendAsync("DELETE", $"/api/v1/teams/{team}/members/{user}", null, (member, Facts.No))
                : SendAsync("PUT", $"/api/v1/teams/{team}/members/{user}", null, (member, Facts.Yes));
        }
        var role = Roles[Random.Next(Roles.Length)];
        var holds = Facts.Holds(user, role);
        return Ledger[holds] == Facts.Yes
            ? SendAsync("DELETE", $"/api/v1/roles/{role}/users/{user}", null, (holds, Facts.No))
            : SendAsync("POST", $"/api/v1/roles/{role}/assign", new { user_id = user }, (holds, Facts.Yes));
    }
}
