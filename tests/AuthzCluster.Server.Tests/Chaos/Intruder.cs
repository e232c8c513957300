using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Server.Tests.Chaos;

/// <summary>Takes and gives back roles that are just being removed; whatever is answered will do, as long as all agree afterwards.</summary>
internal sealed class Intruder(int writers, ApiClient api, Ledger ledger, Random random) : Writer("intruder", api, ledger, random)
{
    private const int UserCount = 8;

    public const string Prefix = "intruder-";

    public static IEnumerable<string> Users => Enumerable.Range(0, UserCount).Select(user => $"{Prefix}{user}");

    protected override Task StepAsync()
    {
        var role = RoleWriter.RolesOf(Random.Next(writers)).ElementAt(Random.Next(3));
        var user = $"{Prefix}{Random.Next(UserCount)}";
        return Random.Next(3) == 0
            ? Api.DeleteAsync($"/api/v1/roles/{role}/users/{user}")
            : Api.PostAsync($"/api/v1/roles/{role}/assign", new { user_id = user });
    }
}
