namespace AuthzCluster.Server.Tests.Chaos;

/// <summary>The names of facts. A fact that is not so has no entry, or an empty one.</summary>
internal static class Facts
{
    public const string Yes = "yes", No = "";

    /// <summary>A role's permissions, parted by spaces.</summary>
    public static string Role(string role) => $"role {role}";

    public static string Holds(string user, string role) => $"holds {user} {role}";

    public static string Member(string user, string team) => $"member {user} {team}";

    /// <summary>Whether nobody keeps account of it: it is about somebody who disturbs.</summary>
    public static bool IsFree(string fact) => fact.StartsWith($"holds {Intruder.Prefix}", StringComparison.Ordinal);
}
