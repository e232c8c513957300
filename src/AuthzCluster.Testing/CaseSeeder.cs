using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Testing;

/// <summary>Makes what a case is set up with, on any host, on behalf of the service itself.</summary>
/// <param name="roles">Of the host.</param>
/// <param name="assignments">Of the host.</param>
/// <param name="entities">Of the host.</param>
/// <param name="policies">Of the host.</param>
/// <param name="constraints">Of the host.</param>
public sealed class CaseSeeder(IRoles roles, IAssignments assignments, IEntities entities, IPolicies policies, IConstraints constraints)
{
    private static readonly Caller Seeding = new(SubjectId.User("seed"), "seed") { IsTrusted = true };

    /// <summary>Makes it in a tenant that has the case's packs; the labels of the assignments by their ids.</summary>
    /// <exception cref="InvalidOperationException">The host refused something; the message says what and why.</exception>
    public async Task<IReadOnlyDictionary<string, string>> SeedAsync(TenantId tenant, AuthzCase test)
    {
        var labels = new Dictionary<string, string>();
        foreach (var role in test.Roles)
        {
            Done(test, $"the role {role.Name}", await roles.CreateAsync(tenant, role with { IsActive = true }, Seeding).ConfigureAwait(false));
        }
        foreach (var constraint in test.Constraints)
        {
            Done(test, $"the constraint {constraint.Id}", await constraints.CreateAsync(tenant, constraint, Seeding).ConfigureAwait(false));
        }
        foreach (var one in test.Assignments)
        {
            var what = $"the assignment {one.Label}";
            var given = Done(test, what, await assignments.AssignAsync(tenant, one.Role, one.Draft, Seeding).ConfigureAwait(false)).Assignment.Id;
            labels[given] = one.Label;
            if (one.IsSuspended)
            {
                Done(test, what, await assignments.PatchAsync(tenant, given, new AssignmentPatch { IsActive = false }, Seeding).ConfigureAwait(false));
            }
        }
        foreach (var (member, team) in test.Memberships)
        {
            Done(test, $"{member} in the team {team}", await assignments.JoinTeamAsync(tenant, team, member, Seeding).ConfigureAwait(false));
        }
        foreach (var entity in test.Entities)
        {
            Done(test, $"the entity {entity.Id}", await entities.PutAsync(tenant, entity.Id, entity.Properties, null, Seeding).ConfigureAwait(false));
            if (entity.IsDeleted)
            {
                Done(test, $"the entity {entity.Id}", await entities.DeleteAsync(tenant, entity.Id, null, Seeding).ConfigureAwait(false));
            }
        }
        foreach (var role in test.Roles.Where(role => !role.IsActive).Reverse())
        {
            Done(test, $"the role {role.Name}", await roles.ReplaceAsync(tenant, role.Name, role, null, Seeding).ConfigureAwait(false));
        }
        foreach (var policy in test.Policies)
        {
            Done(test, $"the policy {policy.Id}", await policies.CreateAsync(tenant, policy, Seeding).ConfigureAwait(false));
        }
        foreach (var administrator in test.Administrators)
        {
            var draft = new AssignmentDraft(administrator);
            Done(test, $"the administrator {administrator}", await assignments.AssignAsync(TenantId.System, "super_admin", draft, Seeding).ConfigureAwait(false));
        }
        return labels;
    }

    private static T Done<T>(AuthzCase test, string what, Result<T> result) =>
        result.IsOk ? result.Value : throw new InvalidOperationException($"{test.Name}: {what} was refused: {result.Error.Code}: {result.Error.Detail}");
}
