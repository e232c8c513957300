using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Storage;

/// <summary>The numbers that stand for the names of indexes in the database. Never change one, only add: they are stored.</summary>
internal static class IndexCodes
{
    /// <summary>The code of <see cref="IndexNames.Due"/>, which queries name.</summary>
    public const int Due = 5;

    private static readonly string[] Names =
    [
        "", IndexNames.RoleHolders, IndexNames.TeamMembers, IndexNames.Assignments, IndexNames.AssignableRoles,
        IndexNames.Due, IndexNames.Tenants, IndexNames.ApiKeys, IndexNames.Entities, IndexNames.EntityTypes, IndexNames.PastRoleHolders,
        IndexNames.AdministratorTurns, IndexNames.RoleRequests, IndexNames.ConstrainedTeams,
        IndexNames.Webhooks, IndexNames.ActiveWebhooks,
    ];

    /// <summary>All codes.</summary>
    public static IEnumerable<int> All => Enumerable.Range(1, Names.Length - 1);

    public static int Of(string index)
    {
        var code = Array.IndexOf(Names, index);
        return code > 0 ? code : throw new ArgumentException($"There is no index '{index}'.", nameof(index));
    }

    public static string NameOf(int code) => Names[code];

    /// <summary>Whether a tally is kept. Keys of the others have one member by nature; counting those costs nothing.</summary>
    public static bool IsTallied(int code) => Names[code] is not (IndexNames.Assignments or IndexNames.AssignableRoles or IndexNames.EntityTypes
        or IndexNames.AdministratorTurns or IndexNames.ConstrainedTeams);
}
