using System.Text.Json.Nodes;

namespace AuthzCluster.Client.Http;

/// <summary>Roles over HTTP.</summary>
internal sealed class HttpRoleService(ApiConnection api) : IRoleService
{
    private const int RolesAtOnce = 8;

    public IRoleService ForTenant(string tenant) => new HttpRoleService(api.ForTenant(tenant));

    public async Task<IReadOnlyList<Role>> GetAllRolesAsync(bool includeBuiltIn, CancellationToken cancellationToken)
    {
        var roles = await api.ListAsync(includeBuiltIn ? "roles" : "roles?include_built_in=false", ClientJson.Default.RolePage, cancellationToken).ConfigureAwait(false);
        return [.. roles.Select(role => role.Read())];
    }

    public async Task<Role?> GetRoleAsync(string roleId, CancellationToken cancellationToken)
    {
        using var deadline = api.NewDeadline(cancellationToken);
        return await FindAsync(roleId, deadline).ConfigureAwait(false);
    }

    public async Task<Role?> GetRoleByNameAsync(string roleName, CancellationToken cancellationToken) =>
        await GetRoleAsync(roleName, cancellationToken).ConfigureAwait(false) is { } role && role.Name == roleName ? role : null;

    public Task<Role> CreateRoleAsync(Role role, string? idempotencyKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(role);
        var call = ApiCall.Write(HttpMethod.Post, "roles", idempotencyKey);
        return PutAsync(call, RoleBodyWire.Of(role) with { Id = Texts.Id(role.RoleId, "id") }, cancellationToken);
    }

    public Task<Role> UpdateRoleAsync(Role role, string? idempotencyKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(role);
        var call = ApiCall.Write(HttpMethod.Put, One(role.RoleId), idempotencyKey) with { IfVersion = role.Version };
        return PutAsync(call, RoleBodyWire.Of(role), cancellationToken);
    }

    public Task DeleteRoleAsync(string roleId, bool force, string? idempotencyKey, CancellationToken cancellationToken) =>
        api.CallAsync(ApiCall.Write(HttpMethod.Delete, One(roleId) + (force ? "?force=true" : ""), idempotencyKey), cancellationToken);

    public async Task<Role> AddPolicyAsync(string roleId, PolicyRule policy, string? idempotencyKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policy);
        using var deadline = api.NewDeadline(cancellationToken);
        var call = ApiCall.Write(HttpMethod.Post, $"{One(roleId)}/policies", idempotencyKey).With(PolicyWire.Of(policy), ClientJson.Default.PolicyWire);
        await api.CallAsync(call, ClientJson.Default.PolicyWire, deadline).ConfigureAwait(false);
        return (await api.CallAsync(ApiCall.Get(One(roleId)), ClientJson.Default.RoleWire, deadline).ConfigureAwait(false)).Read();
    }

    public Task RemovePolicyAsync(string roleId, string policyId, string? idempotencyKey, CancellationToken cancellationToken) =>
        api.CallAsync(ApiCall.Write(HttpMethod.Delete, $"{One(roleId)}/policies/{Texts.Segment(policyId, "policy_id")}", idempotencyKey), cancellationToken);

    public Task<RoleAssignment> AssignRoleAsync(
        Principal principalId, string roleId, DateTimeOffset? expiresAt, string? idempotencyKey, CancellationToken cancellationToken) =>
        AssignRoleAsync(new RoleGrant(principalId, roleId) { ExpiresAt = expiresAt }, idempotencyKey, cancellationToken);

    public async Task<RoleAssignment> AssignRoleAsync(RoleGrant grant, string? idempotencyKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grant);
        var call = ApiCall.Write(HttpMethod.Post, $"{One(grant.RoleId)}/assign", idempotencyKey).With(GrantWire.Of(grant), ClientJson.Default.GrantWire);
        return (await api.CallAsync(call, ClientJson.Default.AssignmentWire, cancellationToken).ConfigureAwait(false)).Read();
    }

    public Task RevokeRoleAsync(Principal principalId, string roleId, JsonObject? scope, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var path = $"{One(roleId)}/{Texts.Path(principalId)}{(scope is null ? "" : $"?scope={Uri.EscapeDataString(scope.ToJsonString())}")}";
        return api.CallAsync(ApiCall.Write(HttpMethod.Delete, path, idempotencyKey), cancellationToken);
    }

    public async Task<IReadOnlyList<Role>> GetPrincipalRolesAsync(Principal principalId, CancellationToken cancellationToken)
    {
        using var deadline = api.NewDeadline(cancellationToken);
        var assignments = await api.ListAsync($"{Texts.Path(principalId)}/roles", ClientJson.Default.AssignmentPage, deadline).ConfigureAwait(false);
        var roles = new List<Role>();
        var held = assignments.Select(assignment => assignment.RoleId);
        foreach (var ids in held.Distinct(StringComparer.Ordinal).Chunk(RolesAtOnce))
        {
            var found = await Task.WhenAll(ids.Select(id => FindAsync(id, deadline))).ConfigureAwait(false);
            roles.AddRange(found.OfType<Role>()); // one that was deleted meanwhile is held no more
        }
        return roles;
    }

    public async Task<IReadOnlyList<RoleAssignment>> GetRoleAssignmentsAsync(string roleId, CancellationToken cancellationToken)
    {
        var assignments = await api.ListAsync($"{One(roleId)}/assignments", ClientJson.Default.AssignmentPage, cancellationToken).ConfigureAwait(false);
        return [.. assignments.Select(assignment => assignment.Read())];
    }

    public Task InvalidateRoleCacheAsync(string? roleId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.CompletedTask;
    }

    private static string One(string roleId) => $"roles/{Texts.Segment(roleId, "role_id")}";

    private async Task<Role> PutAsync(ApiCall call, RoleBodyWire body, CancellationToken cancellationToken) =>
        (await api.CallAsync(call.With(body, ClientJson.Default.RoleBodyWire), ClientJson.Default.RoleWire, cancellationToken).ConfigureAwait(false)).Read();

    private async Task<Role?> FindAsync(string roleId, Deadline deadline)
    {
        try
        {
            return (await api.CallAsync(ApiCall.Get(One(roleId)), ClientJson.Default.RoleWire, deadline).ConfigureAwait(false)).Read();
        }
        catch (RoleNotFoundException)
        {
            return null;
        }
    }
}
