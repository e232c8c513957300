using System.Runtime.CompilerServices;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Testing;
using AuthzCluster.Testing.Cases;
using ErrorCode = AuthzCluster.Domain.Errors.ErrorCode;

namespace AuthzCluster.TestingHost;

/// <summary>What a test starts from: say what, in the order in which it is to be made, then await it. What is refused throws <see cref="InvalidOperationException"/>.</summary>
public sealed class AuthzSeed
{
    private static readonly Caller Seeding = new(SubjectId.User("seed"), "seed") { IsTrusted = true };

    private readonly AuthzTestCluster _cluster;
    private readonly TenantId _tenant;
    private readonly List<Func<Task>> _steps = [];

    internal AuthzSeed(AuthzTestCluster cluster, TenantId tenant)
    {
        (_cluster, _tenant) = (cluster, tenant);
        Add("the tenant", async ports => await ports.Tenants.GetAsync(tenant) is { Error.Code: ErrorCode.TenantNotFound }
            ? await ports.Tenants.CreateAsync(tenant, new TenantPatch(), Seeding)
            : await ports.Tenants.GetAsync(tenant));
    }

    /// <summary>A role of these permissions.</summary>
    public AuthzSeed Role(string name, params string[] permissions) => Role(new RoleDraft { Name = name, Permissions = permissions });

    /// <summary>A role with all that a role can have.</summary>
    public AuthzSeed Role(RoleDraft role) => Add($"the role {role.Name}", ports => ports.Roles.CreateAsync(_tenant, role, Seeding));

    /// <summary>Gives a role to a subject (<c>alice</c>, <c>service:ci</c>) or a team (<c>team:finance</c>).</summary>
    /// <param name="principal">Who; without a type a user.</param>
    /// <param name="role">The role's id or name.</param>
    /// <param name="until">When it ends; null: never.</param>
    public AuthzSeed Assign(string principal, string role, DateTimeOffset? until = null) =>
        Assign(role, new AssignmentDraft(SubjectId.Parse(principal)) { ExpiresAt = until });

    /// <summary>Gives a role with all that an assignment can have.</summary>
    public AuthzSeed Assign(string role, AssignmentDraft assignment) =>
        Add($"the assignment of {role} to {assignment.Principal}", ports => ports.Assignments.AssignAsync(_tenant, role, assignment, Seeding));

    /// <summary>Puts a subject into a team.</summary>
    public AuthzSeed Join(string team, string member) =>
        Add($"{member} in the team {team}", ports => ports.Assignments.JoinTeamAsync(_tenant, team, SubjectId.Parse(member), Seeding));

    /// <summary>Stores an entity.</summary>
    public AuthzSeed Entity(string type, string id, AttributeBag properties) =>
        Add($"the entity {type}:{id}", ports => ports.Entities.PutAsync(_tenant, new EntityId(type, id), properties, null, Seeding));

    /// <summary>A policy of the tenant.</summary>
    public AuthzSeed Policy(PolicyDraft policy) => Add($"the policy {policy.Name}", ports => ports.Policies.CreateAsync(_tenant, policy, Seeding));

    /// <summary>What a case is set up with; the tenant gets its packs.</summary>
    public AuthzSeed Case(AuthzCase test)
    {
        Add("the packs", ports => ports.Tenants.UpdateAsync(_tenant, new TenantPatch { Packs = test.Packs }, null, Seeding));
        _steps.Add(() => new CaseSeeder(_cluster.Ports.Roles, _cluster.Ports.Assignments, _cluster.Ports.Entities, _cluster.Ports.Policies, _cluster.Ports.Constraints).SeedAsync(_tenant, test));
        return this;
    }

    /// <summary>Makes it all.</summary>
    public TaskAwaiter GetAwaiter() => MakeAsync().GetAwaiter();

    private async Task MakeAsync()
    {
        foreach (var step in _steps)
        {
            await step();
        }
    }

    private AuthzSeed Add<T>(string what, Func<Grains.Abstractions.Calls.ClusterPorts, Task<Result<T>>> make)
    {
        _steps.Add(async () =>
        {
            if ((await make(_cluster.Ports)).Error is { } error)
            {
                throw new InvalidOperationException($"{what} was refused: {error.Code}: {error.Detail}");
            }
        });
        return this;
    }
}
