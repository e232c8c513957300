using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Tenancy;

/// <summary>What the editions have. Each has all that the one below it has.</summary>
public static class Editions
{
    /// <summary>The refusal of a feature that an edition lacks, <see cref="ErrorCode.FeatureNotAvailable"/>; null: it has it.</summary>
    public static AuthzError? Check(Edition edition, Feature feature)
    {
        var lowest = LowestWith(feature);
        return edition >= lowest ? null : new AuthzError(
            ErrorCode.FeatureNotAvailable, $"the tenant's edition is `{edition.Text()}`; this needs `{lowest.Text()}`{(lowest < Edition.Enterprise ? " or a higher one" : "")}");
    }

    /// <summary>
    /// The refusal of giving a role: an edition without custom roles may still have some, of the time when it was a higher one.
    /// They go on to work for who has them, and are given to nobody else.
    /// </summary>
    public static AuthzError? CheckAssign(Edition edition, RoleDefinition role) =>
        Check(edition, role.IsSystem ? Feature.Always : Feature.CustomRoles);

    /// <summary>The refusal of letting somebody into a team, who would hold what the team holds.</summary>
    /// <param name="model">The tenant.</param>
    /// <param name="team">The team.</param>
    /// <param name="now">The instant by which a team's assignment has ended or not.</param>
    public static AuthzError? CheckJoin(TenantModel model, string team, DateTimeOffset now) =>
        model.TeamGrants.GetValueOrDefault(team, []).Where(grant => grant.IsLiveAt(now))
            .Select(grant => model.Catalog.Find(grant.Role) is { } role ? CheckAssign(model.Edition, role) : null)
            .FirstOrDefault(refusal => refusal is not null);

    /// <summary>The edition's name in the API.</summary>
    internal static string Text(this Edition edition) => edition switch
    {
        Edition.Core => "core",
        Edition.WriterPro => "writer_pro",
        Edition.Teams => "teams",
        _ => "enterprise",
    };

    private static Edition LowestWith(Feature feature) => feature switch
    {
        Feature.Always => Edition.Core,
        Feature.BuiltInRoles => Edition.WriterPro,
        Feature.CustomRoles => Edition.Teams,
        _ => Edition.Enterprise,
    };
}
