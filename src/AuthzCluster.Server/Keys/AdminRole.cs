using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Tenancy;
using Microsoft.Extensions.Hosting;

namespace AuthzCluster.Server.Keys;

/// <summary>Sees to it that the admin key's subject administers <c>system</c>, before the first request.</summary>
internal sealed class AdminRole(IAssignments assignments) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var draft = new AssignmentDraft(new SubjectId("service", "admin"));
        var given = await assignments.AssignAsync(TenantId.System, "role_super_admin", draft, Caller.System("start"));
        if (!given.IsOk)
        {
            throw new StartRefusedException($"the admin key cannot be given its role: {given.Error.Detail}");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
