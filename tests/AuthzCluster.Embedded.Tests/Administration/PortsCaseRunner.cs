using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Embedded.Tests.Hosting;
using AuthzCluster.Specification.Administration;
using AuthzCluster.Specification.Cases;

namespace AuthzCluster.Embedded.Tests.Administration;

/// <summary>Runs a case through the ports of a host, in a tenant of its own: set up by the service itself, tried by callers of no special standing.</summary>
internal sealed class PortsCaseRunner(IHostFixture host) : ICaseRunner
{
    private static readonly Caller Setup = new(SubjectId.User("setup"), "setup") { IsTrusted = true };

    public async Task<IReadOnlyList<CaseOutcome>> RunAsync(AuthzCase test, CancellationToken cancellation = default)
    {
        Assert.Equal(host.Time.GetUtcNow(), test.Now); // attempts are judged by the clock
        var tenant = new TenantId(Guid.NewGuid().ToString("n"));
        Assert.Null((await host.Tenants.CreateAsync(tenant, new TenantPatch { Packs = test.Packs }, Setup)).Error);
        var ports = new AdminPorts(host, tenant);
        var labels = await SetUpAsync(test, tenant, ports);
        var outcomes = new List<CaseOutcome>();
        foreach (var attempt in test.Attempts)
        {
            outcomes.Add(new CaseOutcome(await ports.TryAsync(attempt.By, attempt.Act)));
        }
        foreach (var check in test.Checks)
        {
            outcomes.Add(await AskAsync(tenant, check with { Subject = ports.Keys.Real(check.Subject) }, labels));
        }
        return outcomes;
    }

    private async Task<Dictionary<string, string>> SetUpAsync(AuthzCase test, TenantId tenant, AdminPorts ports)
    {
        var labels = new Dictionary<string, string>();
        foreach (var role in test.Roles)
        {
            await DoAsync(ports, new AdminAct.CreateRole(role with { IsActive = true }));
        }
        foreach (var one in test.Assignments)
        {
            var given = await host.Assignments.AssignAsync(tenant, one.Role, one.Draft, Setup);
            labels[given.Value!.Assignment.Id] = one.Label;
            if (one.IsSuspended)
            {
                Assert.Null((await host.Assignments.PatchAsync(tenant, given.Value.Assignment.Id, new AssignmentPatch { IsActive = false }, Setup)).Error);
            }
        }
        foreach (var (member, team) in test.Memberships)
        {
            await DoAsync(ports, new AdminAct.JoinTeam(team, member));
        }
        foreach (var entity in test.Entities)
        {
            Assert.Null((await host.Entities.PutAsync(tenant, entity.Id, entity.Properties, null, Setup)).Error);
        }
        foreach (var role in test.Roles.Where(role => !role.IsActive).Reverse())
        {
            await DoAsync(ports, new AdminAct.ReplaceRole(role.Name, role));
        }
        foreach (var administrator in test.Administrators)
        {
            await DoAsync(new AdminPorts(host, TenantId.System), new AdminAct.Assign("super_admin", new AssignmentDraft(administrator)));
        }
        return labels;
    }

    private static async Task DoAsync(AdminPorts ports, AdminAct act) => Assert.Equal(CaseAttempt.Done, await ports.DoAsync(act));

    private async Task<CaseOutcome> AskAsync(TenantId tenant, CaseCheck check, Dictionary<string, string> labels)
    {
        if (!CaseWorld.TryRequest(check, out var request))
        {
            return CaseOutcome.Invalid;
        }
        var decision = await host.Decisions.EvaluateAsync(tenant, request, check.At);
        var outcome = CaseOutcome.Of(decision.Value!);
        return outcome with { MatchedAssignment = outcome.MatchedAssignment is { } id ? labels.GetValueOrDefault(id, id) : null };
    }
}
