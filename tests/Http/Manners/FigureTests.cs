using AuthzCluster.Actors.Storage;
using AuthzCluster.Api.Grpc.V1;
using AuthzCluster.Api.Serving;
using AuthzCluster.Http.Tests.Grpc;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Manners;

/// <summary>What is counted of requests, calls, decisions and actors, of a server that nobody else asks.</summary>
public sealed class FigureTests : IAsyncLifetime
{
    private const string Requests = "authzcluster_http_requests_total", Evaluations = "authzcluster_evaluations_total", Actors = "authzcluster_actors";

    private IRunningServer _server = null!;
    private HttpClient _http = null!;

    private ApiClient Api => new(_http, "") { Token = _server.Key };

    public async Task InitializeAsync()
    {
        _server = await ServerHost.StartAsync(new HttpServing { MetricsOpen = true });
        _http = new HttpClient { BaseAddress = _server.Url };
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Calls_ThatFail_AreCountedByWhatTheyFailedWith()
    {
        const string evaluate = GrpcClient.Authorization + "Evaluate";
        using var client = new GrpcClient(_server.GrpcUrl, _server.Key);
        using var nobody = new GrpcClient(_server.GrpcUrl, "nobody");
        for (var i = 0; i < 3; i++)
        {
            (await nobody.CallAsync(evaluate, Question)).Refused(16, "unauthenticated");
        }
        (await client.CallAsync(evaluate, new EvaluateRequest())).Refused(3, "validation_failed");
        (await client.CallAsync(evaluate, Question)).One<EvaluateResponse>();
        (await client.CallAsync(GrpcClient.Authorization + "NoSuchMethod", Question)).Refused(12, "unimplemented");

        Assert.Equal([("200", 1), ("400", 1), ("401", 3)], await StatusesAsync("/authz.v1.AuthorizationService/Evaluate"));
        Assert.Equal([("501", 1)], await StatusesAsync("none"));
    }

    [Fact]
    public async Task Calls_AboutRoles_AreCountedOnce()
    {
        using var client = new GrpcClient(_server.GrpcUrl, _server.Key);

        (await client.CallAsync(GrpcClient.Roles + "CreateRole", new CreateRoleRequest { Name = "clerk", Permissions = { "a:b" } })).One<Role>();
        (await client.CallAsync(GrpcClient.Roles + "CreateRole", new CreateRoleRequest { Name = "clerk" })).Refused(6, "role_already_exists");
        (await client.CallAsync(GrpcClient.Roles + "GetRole", new GetRoleRequest { RoleId = "nothing" })).Refused(5, "role_not_found");

        Assert.Equal([("200", 1), ("409", 1)], await StatusesAsync("/authz.v1.RoleService/CreateRole"));
        Assert.Equal([("404", 1)], await StatusesAsync("/authz.v1.RoleService/GetRole"));
        Assert.Empty(await StatusesAsync("/api/v1/roles"));
        Assert.Empty(await StatusesAsync("/api/v1/roles/{role}"));
    }

    [Fact]
    public async Task Evaluations_AreCountedWhereTheyAreDecided_ByReason()
    {
        var before = await ValueAsync(Evaluations, "reason=\"not_owner\"");
        await Api.RoleAsync("clerk", "invoices:read:own");
        await Api.AssignAsync("clerk", "alice");

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("not_owner", await Api.ReasonAsync("alice", "invoices:read"));
        }

        // Other servers of this process may have decided some too.
        Assert.InRange(await ValueAsync(Evaluations, "reason=\"not_owner\"") - before, 3, double.MaxValue);
        Assert.Equal(3, await ValueAsync("authzcluster_decisions_total", "reason=\"not_owner\""));
    }

    [Fact]
    public async Task Actors_OfEveryKind_AreCountedUnderOneNameOnEveryHost()
    {
        var role = await Api.RoleAsync("clerk", "a:b");
        await Api.AssignAsync("clerk", "alice");
        (await Api.PostAsync("/api/v1/roles/clerk/permissions", new { permission = "a:c" })).Is(200);
        Assert.InRange((await Api.PutAsync("/api/v1/entities/doc/1", new { properties = new { a = 1 } })).Status, 200, 201);
        (await Api.PostAsync("/api/v1/api-keys", new { name = "k", tenants = new[] { "default" } })).Is(201);
        (await Api.PostAsync("/api/v1/role-requests", new { role, user_id = "bob", reason = "r" })).Is(201);
        (await Api.PostAsync("/api/v1/webhooks", new { url = "https://example.com/hook", events = new[] { "role.*" } })).Is(201);

        // The audit log's is called by and by.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        Dictionary<string, double> counted;
        while ((counted = (await LinesAsync(Actors)).ToDictionary(line => line.Labels, line => line.Value)).Values.Any(count => count == 0) && !patience.IsCancellationRequested)
        {
            await Task.Delay(50);
        }

        Assert.Equal(["api_key", "audit_log", "entity", "role", "role_request", "subject", "tenant", "webhook"], counted.Keys.Select(labels => labels["kind=\"".Length..^1]).Order());
        Assert.Equal(ActorKey.Kinds.Count, counted.Count);
        Assert.All(counted, one => Assert.True(one.Value > 0, $"{one.Key}: {one.Value}"));
    }

    private static readonly EvaluateRequest Question = new() { User = "nobody", Permission = "invoices:read" };

    private async Task<IReadOnlyList<(string Status, double Count)>> StatusesAsync(string endpoint) =>
        [.. (await LinesAsync(Requests)).Where(line => line.Labels.StartsWith($"endpoint=\"{endpoint}\",", StringComparison.Ordinal))
            .Select(line => (line.Labels.Split("status=\"")[1].TrimEnd('"'), line.Value))];

    private async Task<double> ValueAsync(string name, string labels) => (await LinesAsync(name)).Where(line => line.Labels == labels).Sum(line => line.Value);

    private async Task<IReadOnlyList<(string Labels, double Value)>> LinesAsync(string name) =>
        [.. (await Api.GetAsync("/metrics")).Is(200).Text.Split('\n').Where(line => line.StartsWith(name + "{", StringComparison.Ordinal))
            .Select(line => (line[(name.Length + 1)..line.LastIndexOf('}')], double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture)))];
}
