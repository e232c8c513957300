using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Specification.Oracles;

namespace AuthzCluster.Embedded.Tests.Administration;

/// <summary>All of a tenant that an attempt could change, as a text.</summary>
internal static class AdminDigest
{
    public static string Of(OracleTenant world) => Of(world.Roles, world.Grants, world.Members, world.Keys);

    public static string Of(IEnumerable<RoleDefinition> roles, IEnumerable<(SubjectId Principal, Assignment Grant)> grants, IEnumerable<(SubjectId Member, string Team)> members,
        IEnumerable<OracleKey> keys) =>
        string.Join('\n', roles.Select(Role).Concat(grants.Select(one => Grant(one.Principal, one.Grant))).Concat(members.Select(one => $"{one.Member} in {one.Team}"))
            .Concat(keys.Select(key => $"{key.Subject} {(key.NarrowedTo is null ? "" : $"[{string.Join(' ', key.NarrowedTo)}]")}"))
            .Order(StringComparer.Ordinal));

    private static string Role(RoleDefinition role) =>
        $"role {role.Name} {role.Level} {role.IsActive} [{string.Join(' ', role.Permissions)}] " + string.Join(' ', role.Parents.Select(edge =>
            $"{edge.Type}:{edge.Parent}({string.Join(' ', edge.Patterns)};{string.Join(' ', edge.Conditions.Select(condition => condition.Type))})"));

    private static string Grant(SubjectId principal, Assignment grant) =>
        $"{principal} has {grant.Role} {string.Join(' ', grant.Scope.Select(key => $"{key.Key}={key.Value}"))} {grant.StartsAt:O}-{grant.ExpiresAt:O} "
        + $"{grant.IsSuspended} {string.Join(' ', grant.Conditions.Select(condition => condition.Type))}";
}
