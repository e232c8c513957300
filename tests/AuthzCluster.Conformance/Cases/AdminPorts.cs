using System.Text.Json;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Conformance.Hosting;
using AuthzCluster.Specification.Administration;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Conformance.Cases;

/// <summary>Attempts in a tenant, through the ports of a host.</summary>
public sealed class AdminPorts(IHostFixture host, TenantId tenant)
{
    private static readonly Caller Setup = new(SubjectId.User("setup"), "setup") { IsTrusted = true };

    /// <summary>The keys that were made.</summary>
    public IssuedKeys Keys { get; } = new();

    /// <summary>Does it on behalf of the service itself; <c>ok</c> or the error code.</summary>
    public Task<string> DoAsync(AdminAct act) => TryAsync(act, Setup);

    /// <summary>Tries it as somebody; a key as its token says.</summary>
    public async Task<string> TryAsync(SubjectId by, AdminAct act)
    {
        if (Keys.TokenOf(by) is not { } token)
        {
            return await TryAsync(act, new Caller(by, "attempt") { ReachesSystem = true });
        }
        var (key, _) = (await host.ApiKeys.FindAsync(token)).Value!;
        Assert.Equal(tenant, Assert.Single(key.Tenants));
        return await TryAsync(act, new Caller(key.Subject, "attempt") { NarrowedTo = key.NarrowedTo });
    }

    /// <summary>Tries it with a caller of any kind.</summary>
    public async Task<string> TryAsync(AdminAct act, Caller by) => act.Renamed(Keys.Real) switch
    {
        AdminAct.CreateRole create => Code(await host.Roles.CreateAsync(tenant, create.Draft, by)),
        AdminAct.ReplaceRole replace => Code(await host.Roles.ReplaceAsync(tenant, replace.Role, replace.Draft, null, by)),
        AdminAct.DeleteRole delete => Code(await host.Roles.DeleteAsync(tenant, delete.Role, delete.Force, null, by)),
        AdminAct.AddPermission add => Code(await host.Roles.AddPermissionAsync(tenant, add.Role, add.Permission, null, by)),
        AdminAct.RemovePermission remove => Code(await host.Roles.RemovePermissionAsync(tenant, remove.Role, remove.Permission, null, by)),
        AdminAct.PutParent put => Code(await host.Roles.PutParentAsync(tenant, put.Role, put.Parent, null, by)),
        AdminAct.RemoveParent remove => Code(await host.Roles.RemoveParentAsync(tenant, remove.Role, remove.Parent, null, by)),
        AdminAct.Assign assign => Code(await host.Assignments.AssignAsync(tenant, assign.Role, assign.Draft, by)),
        AdminAct.Revoke revoke => Code(await host.Assignments.RevokeAsync(tenant, revoke.Role, revoke.Principal, revoke.Scope, by)),
        AdminAct.PatchAssignment patch => Code(await host.Assignments.PatchAsync(tenant, await IdOfAsync(patch), patch.Patch, by)),
        AdminAct.JoinTeam join => Code(await host.Assignments.JoinTeamAsync(tenant, join.Team, join.Member, by)),
        AdminAct.LeaveTeam leave => Code(await host.Assignments.LeaveTeamAsync(tenant, leave.Team, leave.Member, by)),
        AdminAct.ImportRoles import => Code(await host.Transfer.ImportModelAsync(tenant, new ModelImport(import.Roles) { TeamGrants = import.TeamGrants }, dryRun: false, by)),
        AdminAct.ImportAssignments import => Rows(await host.Transfer.ImportAssignmentsAsync(tenant, import.Rows, import.IsDryRun, by)),
        AdminAct.CreateKey key => Issued(key.Label, await host.ApiKeys.CreateAsync(
            tenant, new ApiKeyDraft(key.Label) { Roles = key.Roles, Tenants = [tenant], Permissions = key.Permissions, ExpiresAt = key.ExpiresAt }, by)),
        AdminAct.CreateConstraint create => Code(await host.Constraints.CreateAsync(tenant, create.Draft, by)),
        AdminAct.DeleteConstraint delete => Code(await host.Constraints.DeleteAsync(tenant, delete.Id, by)),
        AdminAct.RotateKey rotate => Issued(rotate.Label, await host.ApiKeys.RotateAsync(tenant, new ApiKeyId(Keys.IdOf(rotate.Label)), TimeSpan.Zero, by)),
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "no such act"),
    };

    private async Task<string> IdOfAsync(AdminAct.PatchAssignment patch)
    {
        var held = (await host.Assignments.ListByPrincipalAsync(tenant, patch.Principal, null, includeInactive: true)).Value!;
        return held.FirstOrDefault(view => (view.Assignment.Role.Value == patch.Role || view.RoleName == patch.Role)
            && view.Assignment.Scope.Equals(patch.Scope) && view.Assignment.IsLiveAt(host.Time.GetUtcNow()))?.Assignment.Id ?? "none";
    }

    private string Issued(string label, Result<IssuedKey> issued)
    {
        if (issued.IsOk)
        {
            Keys.Put(label, issued.Value.Key.Id.Value, issued.Value.Token);
        }
        return Code(issued);
    }

    private static string Rows(Result<RowsReport> report) =>
        report.IsOk ? string.Join(", ", report.Value.Rows.Select(row => row.Error is null ? CaseAttempt.Done : Code(row.Error))) : Code(report.Error);

    private static string Code<T>(Result<T> result) => result.IsOk ? CaseAttempt.Done : Code(result.Error);

    private static string Code(AuthzError error) => JsonNamingPolicy.SnakeCaseLower.ConvertName(error.Code.ToString());
}
