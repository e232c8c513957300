using System.Globalization;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>
/// What the rows of roles and teams say that count toward constraints, in force or being looked at: another with each change that tightens. The
/// commit of who gives such a role, decided by what was in force before, finds its row no more.
/// </summary>
internal static class SeparationMarks
{
    /// <summary>That of a role; empty: it counts for nothing.</summary>
    public static string Of(TenantModel model, RoleId role) =>
        model.Separation.Roles.ContainsKey(role) || model.Checking?.Table.Roles.ContainsKey(role) is true ? Epoch(model) : "";

    /// <summary>That of a team; null: it counts for nothing, and has no row.</summary>
    public static string? Of(TenantModel model, string team) =>
        model.Separation.Teams.ContainsKey(team) || model.Checking?.Table.Teams.ContainsKey(team) is true ? Epoch(model) : null;

    /// <summary>The roles that count.</summary>
    public static IEnumerable<RoleId> RolesOf(TenantModel? model) =>
        model is null ? [] : model.Checking is { } check ? model.Separation.Roles.Keys.Concat(check.Table.Roles.Keys) : model.Separation.Roles.Keys;

    /// <summary>The teams that count.</summary>
    public static IEnumerable<string> TeamsOf(TenantModel? model) =>
        model is null ? [] : model.Checking is { } check ? model.Separation.Teams.Keys.Union(check.Table.Teams.Keys) : model.Separation.Teams.Keys;

    private static string Epoch(TenantModel model) => model.SeparationEpoch.ToString(CultureInfo.InvariantCulture);
}
