using AuthzCluster.Actors.Ports;
using AuthzCluster.Conformance.Hosting;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Specification.Cases;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Conformance.Cases;

/// <summary>
/// Runs a case through the ports of a host, in a tenant of its own: set up by the service itself, tried by callers of no special
/// standing. Each question is asked alone, explained and in a batch.
/// </summary>
public sealed class PortsCaseRunner(IHostFixture host) : ICaseRunner
{
    private static readonly Caller Setup = new(SubjectId.User("setup"), "setup") { IsTrusted = true };

    public async Task<IReadOnlyList<CaseOutcome>> RunAsync(AuthzCase test, CancellationToken cancellation = default)
    {
        Assert.True(test.Attempts.Count == 0 || host.Time.GetUtcNow() == test.Now, "attempts are judged by the clock");
        var tenant = new TenantId(Guid.NewGuid().ToString("n"));
        Assert.Null((await host.Tenants.CreateAsync(tenant, new TenantPatch { Packs = test.Packs }, Setup)).Error);
        var ports = new AdminPorts(host, tenant);
        var labels = await new CaseSeeder(host.Roles, host.Assignments, host.Entities, host.Policies, host.Constraints).SeedAsync(tenant, test);
        var outcomes = new List<CaseOutcome>();
        foreach (var attempt in test.Attempts)
        {
            outcomes.Add(new CaseOutcome(await ports.TryAsync(attempt.By, attempt.Act)));
        }
        outcomes.AddRange(await AskAsync(tenant, [.. test.Checks.Select(check => check with { Subject = ports.Keys.Real(check.Subject) })], labels));
        return outcomes;
    }

    private async Task<CaseOutcome[]> AskAsync(TenantId tenant, IReadOnlyList<CaseCheck> checks, IReadOnlyDictionary<string, string> labels)
    {
        var outcomes = new CaseOutcome[checks.Count];
        var (places, questions) = (new List<int>(), new List<TimedRequest>());
        for (var i = 0; i < checks.Count; i++)
        {
            outcomes[i] = CaseOutcome.Invalid;
            if (CaseWorld.TryRequest(checks[i], out var request))
            {
                var decision = (await host.Decisions.EvaluateAsync(tenant, request, checks[i].At)).Value!;
                var explained = (await host.Decisions.ExplainAsync(tenant, request, checks[i].At)).Value!;
                Assert.Equal(decision, explained.Decision);
                var outcome = CaseOutcome.Of(decision);
                outcomes[i] = outcome with
                {
                    MatchedAssignment = outcome.MatchedAssignment is { } id ? labels.GetValueOrDefault(id, id) : null,
                    WhyNot = CaseOutcome.Tell(explained.WhyNot, one => labels.GetValueOrDefault(one, one)),
                };
                places.Add(i);
                questions.Add(new TimedRequest(request, checks[i].At));
            }
        }
        var answers = await host.Decisions.EvaluateManyAsync(tenant, questions);
        Assert.Equal(places.Select(i => outcomes[i].Reason), answers.Select(answer => CaseOutcome.Of(answer.Value!).Reason));
        return outcomes;
    }
}
