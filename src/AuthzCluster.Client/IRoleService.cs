using System.Text.Json.Nodes;

namespace AuthzCluster.Client;

/// <summary>
/// Manages roles and who holds them. Wherever a role's id is asked for, its name will do. A missing role is null from
/// <see cref="GetRoleAsync"/> and <see cref="GetRoleByNameAsync"/>, and a <see cref="RoleNotFoundException"/> from the rest.
/// </summary>
/// <remarks>
/// A write is sent under an idempotency key, so that its repeats after a lost answer are done once: one that the client
/// makes for each call, or <c>idempotencyKey</c> of the caller (1 to 255 visible ASCII characters), who can then repeat
/// the same write for 24 hours, after a restart too. Every call throws an <see cref="AuthzException"/> where it fails.
/// </remarks>
public interface IRoleService
{
    /// <summary>The same, in another tenant than that of the options.</summary>
    IRoleService ForTenant(string tenant);

    /// <summary>All roles, in order of their ids. Pages are read inside, each within a deadline of its own.</summary>
    /// <param name="includeBuiltIn">Whether those of the tenant's packs are among them.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<IReadOnlyList<Role>> GetAllRolesAsync(bool includeBuiltIn = true, CancellationToken cancellationToken = default);

    /// <summary>A role by its id, or else by its name; null: there is none.</summary>
    Task<Role?> GetRoleAsync(string roleId, CancellationToken cancellationToken = default);

    /// <summary>The role that has this name (case matters); null: there is none.</summary>
    Task<Role?> GetRoleByNameAsync(string roleName, CancellationToken cancellationToken = default);

    /// <summary>Makes a role, and gives it to <see cref="Role.AssignedTo"/>: all or nothing.</summary>
    /// <returns>The role as it was stored.</returns>
    /// <exception cref="RoleAlreadyExistsException">The id or the name is taken, perhaps by a built-in role.</exception>
    Task<Role> CreateRoleAsync(Role role, string? idempotencyKey = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Replaces the role with this <see cref="Role.RoleId"/>. What <paramref name="role"/> leaves out, parents too, takes its
    /// default, so start from what was read: <c>role with { ... }</c> or <see cref="RoleBuilder.From"/>. A
    /// <see cref="Role.Version"/>, which each role that was read has, must still be the current one.
    /// </summary>
    /// <returns>The role as it was stored.</returns>
    /// <exception cref="VersionConflictException">Somebody else has changed it since it was read.</exception>
    /// <exception cref="SystemRoleProtectedException">It is built in.</exception>
    Task<Role> UpdateRoleAsync(Role role, string? idempotencyKey = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes a role.</summary>
    /// <param name="roleId">Its id or name.</param>
    /// <param name="force">Whether to take it from its holders first; otherwise a role that is held is not deleted.</param>
    /// <param name="idempotencyKey">In place of a new one.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="RoleInUseException">Somebody holds it.</exception>
    /// <exception cref="SystemRoleProtectedException">It is built in.</exception>
    Task DeleteRoleAsync(string roleId, bool force = false, string? idempotencyKey = null, CancellationToken cancellationToken = default);

    /// <summary>Makes a policy that applies to holders of a role. Needs <c>authz.policies:create</c>, and <c>authz.roles:read</c> for the answer.</summary>
    /// <param name="roleId">The role's id or name.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="idempotencyKey">In place of a new one.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <returns>The role as it is then.</returns>
    /// <exception cref="InvalidStateException">A policy has the id already.</exception>
    Task<Role> AddPolicyAsync(string roleId, PolicyRule policy, string? idempotencyKey = null, CancellationToken cancellationToken = default);

    /// <summary>Removes a policy of a role.</summary>
    /// <param name="roleId">The role's id or name.</param>
    /// <param name="policyId">The policy's id.</param>
    /// <param name="idempotencyKey">In place of a new one.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="PolicyNotFoundException">The role has no such policy.</exception>
    Task RemovePolicyAsync(string roleId, string policyId, string? idempotencyKey = null, CancellationToken cancellationToken = default);

    /// <summary>Gives a role to a user, a team or a service. Again with the same principal: that assignment is updated.</summary>
    /// <param name="principalId">Such as <c>"alice"</c> or <c>"team:docs"</c>.</param>
    /// <param name="roleId">The role's id or name.</param>
    /// <param name="expiresAt">From when on it counts no more; null: never.</param>
    /// <param name="idempotencyKey">In place of a new one.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<RoleAssignment> AssignRoleAsync(
        Principal principalId, string roleId, DateTimeOffset? expiresAt = null, string? idempotencyKey = null, CancellationToken cancellationToken = default);

    /// <summary>Gives a role within a scope, from an instant on, under conditions or with a reason.</summary>
    Task<RoleAssignment> AssignRoleAsync(RoleGrant grant, string? idempotencyKey = null, CancellationToken cancellationToken = default);

    /// <summary>Takes a role back.</summary>
    /// <param name="principalId">From whom.</param>
    /// <param name="roleId">The role's id or name.</param>
    /// <param name="scope">Only the assignment with this scope; null: all of that principal's assignments of the role.</param>
    /// <param name="idempotencyKey">In place of a new one.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="AssignmentNotFoundException">The principal does not have it.</exception>
    Task RevokeRoleAsync(
        Principal principalId, string roleId, JsonObject? scope = null, string? idempotencyKey = null, CancellationToken cancellationToken = default);

    /// <summary>The roles that a principal has now by assignments of its own, each once; not those of its teams, nor inherited ones.</summary>
    Task<IReadOnlyList<Role>> GetPrincipalRolesAsync(Principal principalId, CancellationToken cancellationToken = default);

    /// <summary>Who has a role, also from later on or suspended. Pages are read inside, each within a deadline of its own.</summary>
    Task<IReadOnlyList<RoleAssignment>> GetRoleAssignmentsAsync(string roleId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes sure that later answers are read anew. Over HTTP the client keeps no roles and the servers see every
    /// acknowledged change by themselves, so there is nothing to drop and it completes at once; over Orleans each silo drops its
    /// copy of the tenant's roles, which needs <c>authz.roles:read</c>.
    /// </summary>
    /// <param name="roleId">One role; null: all.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task InvalidateRoleCacheAsync(string? roleId = null, CancellationToken cancellationToken = default);
}
