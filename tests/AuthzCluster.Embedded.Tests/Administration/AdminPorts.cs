using System.Text.Json;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Embedded.Tests.Hosting;
using AuthzCluster.Specification.Administration;

namespace AuthzCluster.Embedded.Tests.Administration;

/// <summary>Attempts, through the ports of a host.</summary>
internal static class AdminPorts
{
    /// <summary><c>ok</c> or the error code.</summary>
    public static async Task<string> TryAsync(IHostFixture host, TenantId tenant, AdminAct act, Caller by) => act switch
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
        AdminAct.JoinTeam join => Code(await host.Assignments.JoinTeamAsync(tenant, join.Team, join.Member, by)),
        AdminAct.LeaveTeam leave => Code(await host.Assignments.LeaveTeamAsync(tenant, leave.Team, leave.Member, by)),
        AdminAct.ImportRoles import => Code(await host.Transfer.ImportModelAsync(tenant, new ModelImport(import.Roles) { TeamGrants = import.TeamGrants }, dryRun: false, by)),
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "no such act"),
    };

    private static string Code<T>(Result<T> result) => result.IsOk ? CaseAttempt.Done : JsonNamingPolicy.SnakeCaseLower.ConvertName(result.Error.Code.ToString());
}
