using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>What a key's subject is given in its tenants, and what of it is taken back. Every step may be repeated.</summary>
internal sealed class KeyRoles(ApiKey key, IActorDirectory directory, ITenantReplicas replicas)
{
    /// <summary>Gives it its roles, on behalf of who makes it; a tenant's all at once. Null: it has them all.</summary>
    /// <param name="caller">Whose rights decide.</param>
    /// <param name="dryRun">Whether only to tell what would be refused.</param>
    public async Task<AuthzError?> AssignAsync(Caller caller, bool dryRun)
    {
        var (plan, errors) = (new List<(TenantId Tenant, SubjectRow[] Rows)>(), new List<FieldError>());
        foreach (var tenant in key.Tenants)
        {
            plan.Add((tenant, await RowsAsync(tenant, errors)));
        }
        if (errors.Count > 0)
        {
            return AuthzError.Invalid(errors);
        }
        foreach (var (tenant, rows) in plan.Where(step => step.Rows.Length > 0))
        {
            var done = await directory.Subject(tenant, key.Subject).AssignManyAsync(rows, dryRun, caller with { Under = Rights.KeysCreate });
            if ((done.Error ?? done.Value?.FirstOrDefault(row => row.Error is not null)?.Error) is { } refused)
            {
                // A role that went away between the look and the write.
                return refused.Code == ErrorCode.RoleNotFound ? AuthzError.Invalid("roles", refused.Detail) : refused;
            }
        }
        return null;
    }

    /// <summary>Takes back all that it holds in its tenants; one that is gone has taken it back already. Null: nothing is left.</summary>
    public async Task<AuthzError?> ReleaseAsync(Caller caller)
    {
        foreach (var tenant in key.Tenants)
        {
            var error = await ReleaseAsync(directory.Subject(tenant, key.Subject), caller);
            if (error is not null && error.Code != ErrorCode.TenantNotFound)
            {
                return error;
            }
        }
        return null;
    }

    private static async Task<AuthzError?> ReleaseAsync(IUserAssignmentsActor subject, Caller caller)
    {
        // A turn first: where an assignment's outcome was unknown, it rereads what is stored. It tells of what has ended by itself, too.
        if ((await subject.ExpireAsync()).Error is { } unread)
        {
            return unread;
        }
        var held = await subject.ReadAsync();
        if (!held.IsOk)
        {
            return held.Error;
        }
        foreach (var role in held.Value.Live.Select(assignment => assignment.Role).Distinct())
        {
            var revoked = await subject.RevokeAsync(role, null, caller);
            if (!revoked.IsOk && revoked.Error.Code != ErrorCode.AssignmentNotFound)
            {
                return revoked.Error;
            }
        }
        foreach (var team in held.Value.Teams)
        {
            var left = await subject.LeaveTeamAsync(team, caller);
            if (!left.IsOk && left.Error.Code != ErrorCode.NotFound)
            {
                return left.Error;
            }
        }
        return null;
    }

    private async Task<SubjectRow[]> RowsAsync(TenantId tenant, List<FieldError> errors)
    {
        if (await replicas.Of(tenant).LoadAsync() is not { Model: var model })
        {
            errors.Add(new FieldError("tenants", $"there is no tenant `{tenant}`"));
            return [];
        }
        var draft = new AssignmentDraft(key.Subject) { ExpiresAt = key.ExpiresAt, Reason = "given with its API key" };
        var rows = new List<SubjectRow>();
        foreach (var role in key.Roles)
        {
            if (model.Catalog.Resolve(role) is { } found)
            {
                rows.Add(new SubjectRow(rows.Count, found.Id, draft));
            }
            else
            {
                errors.Add(new FieldError("roles", $"there is no role `{role}` in the tenant `{tenant}`"));
            }
        }
        return [.. rows.DistinctBy(row => row.Role)];
    }
}
