using System.Text.Json.Nodes;
using AuthzCluster.Http.Tests.Grpc;
using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Specification.Cases;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Http.Tests.Cases;

/// <summary>Sets a case up through the public API, in a tenant of its own, and asks its checks one by one, in one batch, explained, and the other way round; by AuthZEN where the clock is the case's.</summary>
public sealed class HttpCaseRunner(ServerFixture server) : ICaseRunner
{
    public async Task<IReadOnlyList<CaseOutcome>> RunAsync(AuthzCase test, CancellationToken cancellation = default)
    {
        var api = await server.TenantAsync(test.Packs);
        foreach (var role in test.Roles)
        {
            (await api.PostAsync("/api/v1/roles", CaseJson.Role(role, isActive: true).ToJsonString())).Is(201);
        }
        foreach (var constraint in test.Constraints)
        {
            (await api.PostAsync("/api/v1/constraints", CaseJson.Constraint(constraint).ToJsonString())).Is(201);
        }
        var labels = new Dictionary<string, string>();
        foreach (var one in test.Assignments)
        {
            var made = await api.PostAsync($"/api/v1/roles/{Uri.EscapeDataString(one.Role)}/assign", CaseJson.Assignment(one.Draft).ToJsonString());
            var id = made.Is(200)["id"].GetString()!;
            labels[id] = one.Label;
            if (one.IsSuspended)
            {
                (await api.PatchAsync($"/api/v1/assignments/{id}", new { is_active = false })).Is(200);
            }
        }
        foreach (var (member, team) in test.Memberships)
        {
            var path = $"{Uri.EscapeDataString(member.Type)}/{Uri.EscapeDataString(member.Id)}";
            (await api.PutAsync($"/api/v1/teams/{Uri.EscapeDataString(team)}/members/{path}", null)).Is(204);
        }
        foreach (var entity in test.Entities)
        {
            var path = $"/api/v1/entities/{Uri.EscapeDataString(entity.Id.Type)}/{Uri.EscapeDataString(entity.Id.Id)}";
            (await api.PutAsync(path, CaseJson.Entity(entity).ToJsonString())).Is(200);
            if (entity.IsDeleted)
            {
                (await api.DeleteAsync(path)).Is(204);
            }
        }
        foreach (var role in test.Roles.Where(role => !role.IsActive).Reverse())
        {
            (await api.PutAsync($"/api/v1/roles/{Uri.EscapeDataString(role.Name)}", CaseJson.Role(role, isActive: false).ToJsonString())).Is(200);
        }
        foreach (var policy in test.Policies)
        {
            (await api.PostAsync("/api/v1/policies", CaseJson.Policy(policy).ToJsonString())).Is(201);
        }
        foreach (var administrator in test.Administrators)
        {
            await new ApiClient(server.Http, "/tenants/system").AssignAsync("super_admin", administrator.Id);
        }
        var (attempts, outcomes) = (new HttpAttempts(server, api), new List<CaseOutcome>());
        foreach (var attempt in test.Attempts)
        {
            outcomes.Add(new CaseOutcome(await attempts.TryAsync(attempt.By, attempt.Act)));
        }
        var checks = test.Checks.Select(check => check with { Subject = attempts.Keys.Real(check.Subject) }).ToList();
        return checks.Count == 0 ? outcomes : [.. outcomes, .. await AskAsync(api, test, checks, labels)];
    }

    private async Task<IReadOnlyList<CaseOutcome>> AskAsync(ApiClient api, AuthzCase test, IReadOnlyList<CaseCheck> checks, Dictionary<string, string> labels)
    {
        using var grpc = new GrpcClient(server.GrpcUrl, server.Key) { Tenant = api.Tenant };
        var outcomes = new List<CaseOutcome>();
        var good = new List<(JsonObject Question, CaseOutcome Outcome)>();
        foreach (var check in checks)
        {
            var question = CaseJson.Question(check);
            var reply = await api.PostAsync("/api/v1/authorization/evaluate", question.ToJsonString());
            var outcome = CaseJson.Outcome(reply, labels);
            var explained = await api.PostAsync("/api/v1/authorization/explain", question.ToJsonString());
            Assert.Equal(outcome, CaseJson.Outcome(explained, labels));
            if (GrpcQuestions.CanSay(check))
            {
                Assert.Equal(outcome, await GrpcQuestions.AskAsync(grpc, check, labels));
            }
            outcomes.Add(reply.Status == 200 ? outcome with { WhyNot = CaseJson.WhyNot(explained.Json, labels) } : outcome);
            if (reply.Status == 200)
            {
                good.Add((question, outcome));
                await HttpSearches.HoldAsync(api, test, check, outcome.Decision == true);
                if (server.Time?.GetUtcNow() == check.At)
                {
                    await HttpSearches.AskAuthZenAsync(api, check, outcome.Decision == true);
                }
            }
        }
        var batch = new JsonObject { ["evaluations"] = new JsonArray([.. good.Select(one => one.Question)]) };
        var answers = (await api.PostAsync("/api/v1/authorization/evaluate/batch", batch.ToJsonString())).Is(200);
        Assert.Equal(good.Select(one => one.Outcome), answers["decisions"].EnumerateArray().Select(answer => CaseJson.Outcome(answer, labels)));
        return outcomes;
    }
}
