using System.Text.Json.Nodes;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Client.Http;
using AuthzCluster.Client.Orleans.Mapping;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using ErrorCode = AuthzCluster.Domain.Errors.ErrorCode;

namespace AuthzCluster.Client.Orleans.Calls;

/// <summary>Roles over Orleans.</summary>
internal sealed class GrainRoleService(TenantCalls calls) : IRoleService
{
    private const int RolesAtOnce = 8, PageSize = 1000;

    public IRoleService ForTenant(string tenant) => new GrainRoleService(calls.ForTenant(tenant));

    public async Task<IReadOnlyList<Role>> GetAllRolesAsync(bool includeBuiltIn, CancellationToken cancellationToken)
    {
        var roles = new List<Role>();
        string? after = null;
        do
        {
            var query = new RoleQuery(after, PageSize) { IncludeBuiltIn = includeBuiltIn };
            var (page, next) = await calls.ReadAsync(
                Rights.RolesRead,
                async call =>
                {
                    var listed = call.Ok(await call.Ports.Roles.ListAsync(call.Tenant, query).ConfigureAwait(false));
                    var shown = new List<Role>();
                    foreach (var view in listed.Items)
                    {
                        shown.Add(await call.ShowAsync(view).ConfigureAwait(false));
                    }
                    return (shown, listed.Next);
                },
                cancellationToken).ConfigureAwait(false);
            roles.AddRange(page);
            after = next;
        }
        while (after is not null);
        return roles;
    }

    public async Task<Role?> GetRoleAsync(string roleId, CancellationToken cancellationToken)
    {
        var id = Texts.Id(roleId, "role_id");
        return await calls.ReadAsync(Rights.RolesRead, call => FindAsync(call, id), cancellationToken).ConfigureAwait(false);
    }

    public async Task<Role?> GetRoleByNameAsync(string roleName, CancellationToken cancellationToken) =>
        await GetRoleAsync(roleName, cancellationToken).ConfigureAwait(false) is { } role && role.Name == roleName ? role : null;

    public async Task<Role> CreateRoleAsync(Role role, string? idempotencyKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(role);
        var draft = Roles.Read(role, Texts.Id(role.RoleId, "id"));
        var write = new GrainWrite("create", Rights.RolesCreate, Feature.CustomRoles, draft.Id, Text(role));
        return await calls.WriteAsync(
            write, idempotencyKey, call => PutAsync(call, draft, caller => call.Ports.Roles.CreateAsync(call.Tenant, draft, caller)), cancellationToken).ConfigureAwait(false);
    }

    public async Task<Role> UpdateRoleAsync(Role role, string? idempotencyKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(role);
        var (id, draft) = (Texts.Id(role.RoleId, "role_id"), Roles.Read(role, id: null));
        var write = new GrainWrite("update", Rights.RolesUpdate, Feature.CustomRoles, id, $"{role.Version}", Text(role));
        return await calls.WriteAsync(
            write, idempotencyKey, call => PutAsync(call, draft, caller => call.Ports.Roles.ReplaceAsync(call.Tenant, id, draft, role.Version, caller)), cancellationToken).ConfigureAwait(false);
    }

    public async Task DeleteRoleAsync(string roleId, bool force, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var id = Texts.Id(roleId, "role_id");
        var write = new GrainWrite("delete", Rights.RolesDelete, Feature.CustomRoles, id, $"{force}");
        await calls.WriteAsync(
            write, idempotencyKey, async call => await call.WriteAsync(caller => call.Ports.Roles.DeleteAsync(call.Tenant, id, force, ifVersion: null, caller)).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<Role> AddPolicyAsync(string roleId, PolicyRule policy, string? idempotencyKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var (id, draft) = (Texts.Id(roleId, "role_id"), Policies.Read(policy, ""));
        var write = new GrainWrite("add_policy", Rights.PoliciesCreate, Feature.Policies, id, GrainWrite.Text(PolicyWire.Of(policy), ClientJson.Default.PolicyWire));
        return await calls.WriteAsync(
            write, idempotencyKey,
            async call =>
            {
                await call.WriteAsync(caller => call.Ports.Policies.AttachAsync(call.Tenant, id, draft, ifVersion: null, caller)).ConfigureAwait(false);
                await call.AdmitAsync(Rights.RolesRead, Feature.BuiltInRoles).ConfigureAwait(false);
                return await call.ShowAsync(call.Ok(await call.Ports.Roles.GetAsync(call.Tenant, id).ConfigureAwait(false))).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async Task RemovePolicyAsync(string roleId, string policyId, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var (id, policy) = (Texts.Id(roleId, "role_id"), Texts.Id(policyId, "policy_id"));
        var write = new GrainWrite("remove_policy", Rights.PoliciesDelete, Feature.Policies, id, policy);
        await calls.WriteAsync(
            write, idempotencyKey, async call => await call.WriteAsync(caller => call.Ports.Policies.DetachAsync(call.Tenant, id, policy, ifVersion: null, caller)).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
    }

    public Task<RoleAssignment> AssignRoleAsync(
        Principal principalId, string roleId, DateTimeOffset? expiresAt, string? idempotencyKey, CancellationToken cancellationToken) =>
        AssignRoleAsync(new RoleGrant(principalId, roleId) { ExpiresAt = expiresAt }, idempotencyKey, cancellationToken);

    public async Task<RoleAssignment> AssignRoleAsync(RoleGrant grant, string? idempotencyKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grant);
        var (id, draft) = (Texts.Id(grant.RoleId, "role_id"), Grants.Read(grant));
        var write = new GrainWrite("assign", Rights.AssignmentsCreate, Feature.BuiltInRoles, id, GrainWrite.Text(GrantWire.Of(grant), ClientJson.Default.GrantWire)) { IsScoped = true };
        return await calls.WriteAsync(
            write, idempotencyKey, async call => Grants.Write(await call.WriteAsync(caller => call.Ports.Assignments.AssignAsync(call.Tenant, id, draft, caller)).ConfigureAwait(false)),
            cancellationToken).ConfigureAwait(false);
    }

    public async Task RevokeRoleAsync(Principal principalId, string roleId, JsonObject? scope, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var (id, subject, within) = (Texts.Id(roleId, "role_id"), Principals.Read(principalId), scope is null ? null : Attributes.Read(scope, "scope"));
        var write = new GrainWrite("revoke", Rights.AssignmentsDelete, Feature.BuiltInRoles, id, subject.ToString(), scope?.ToJsonString()) { IsScoped = true };
        await calls.WriteAsync(
            write, idempotencyKey, async call => await call.WriteAsync(caller => call.Ports.Assignments.RevokeAsync(call.Tenant, id, subject, within, caller)).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<Role>> GetPrincipalRolesAsync(Principal principalId, CancellationToken cancellationToken)
    {
        var subject = Principals.Read(principalId);
        return await calls.ReadAsync(
            Rights.AssignmentsRead,
            async call =>
            {
                var held = call.Ok(await call.Ports.Assignments.ListByPrincipalAsync(call.Tenant, subject, at: null, includeInactive: false).ConfigureAwait(false));
                var ids = held.OrderByDescending(view => view.Assignment.GrantedAt).ThenBy(view => view.Assignment.Id, StringComparer.Ordinal)
                    .Select(view => view.Assignment.Role.Value).Distinct(StringComparer.Ordinal).ToList();
                return await FindManyAsync(call, ids).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<RoleAssignment>> GetRoleAssignmentsAsync(string roleId, CancellationToken cancellationToken)
    {
        var id = Texts.Id(roleId, "role_id");
        var assignments = new List<RoleAssignment>();
        string? after = null;
        do
        {
            var query = new HolderQuery(after, PageSize);
            var page = await calls.ReadAsync(
                Rights.AssignmentsRead, async call => call.Ok(await call.Ports.Assignments.ListByRoleAsync(call.Tenant, id, query).ConfigureAwait(false)),
                cancellationToken).ConfigureAwait(false);
            assignments.AddRange(page.Items.Select(Grants.Write));
            after = page.Next;
        }
        while (after is not null);
        return assignments;
    }

    public Task InvalidateRoleCacheAsync(string? roleId, CancellationToken cancellationToken) => calls.ReadAsync(
        Rights.RolesRead, async call => call.Ok(await call.Ports.DropModelAsync(call.Tenant).ConfigureAwait(false)), cancellationToken);

    private static async Task<Role> PutAsync(GrainCall call, RoleDraft draft, Func<Caller, Task<Result<RoleView>>> write)
    {
        if (draft.Policies.Count > 0)
        {
            await call.RequireAsync(Feature.Policies).ConfigureAwait(false);
        }
        return await call.ShowAsync(await call.WriteAsync(write).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static string Text(Role role) => GrainWrite.Text(RoleBodyWire.Of(role), ClientJson.Default.RoleBodyWire);

    private static async Task<IReadOnlyList<Role>> FindManyAsync(GrainCall call, List<string> ids)
    {
        if (ids.Count > 0)
        {
            await call.AdmitAsync(Rights.RolesRead, Feature.BuiltInRoles).ConfigureAwait(false);
        }
        var roles = new List<Role>();
        foreach (var some in ids.Chunk(RolesAtOnce))
        {
            var found = await Task.WhenAll(some.Select(id => FindAsync(call, id))).ConfigureAwait(false);
            roles.AddRange(found.OfType<Role>()); // one that was deleted meanwhile is held no more
        }
        return roles;
    }

    private static async Task<Role?> FindAsync(GrainCall call, string id)
    {
        var found = await call.Ports.Roles.GetAsync(call.Tenant, id).ConfigureAwait(false);
        return found.Error?.Code == ErrorCode.RoleNotFound ? null : await call.ShowAsync(call.Ok(found)).ConfigureAwait(false);
    }
}
