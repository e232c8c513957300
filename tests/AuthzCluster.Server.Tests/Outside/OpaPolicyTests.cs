using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Server.Tests.Outside;

public sealed class OpaPolicyTests : IAsyncLifetime
{
    private OpaHost _host = null!;
    private ApiClient _api = null!;

    public async Task InitializeAsync()
    {
        _host = await OpaHost.StartAsync();
        _api = await _host.TenantAsync("acme");
        await _api.RoleAsync("reader", "docs:read");
        await _api.AssignAsync("reader", "alice");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Evaluate_APolicyThatAsks_IsAskedAgainOnceItChanges()
    {
        (await _api.PostAsync("/api/v1/policies", Policy(10))).Is(201);
        _host.Opa.Documents["authz/frozen"] = _ => true;
        Assert.Equal("denied_by_policy", await _api.ReasonAsync("alice", "docs:read"));
        _host.Opa.Documents["authz/frozen"] = _ => false;
        Assert.Equal("denied_by_policy", await _api.ReasonAsync("alice", "docs:read"));
        (await _api.PutAsync("/api/v1/policies/frozen", Policy(11))).Is(200);
        Assert.Equal("granted", await _api.ReasonAsync("alice", "docs:read"));

        _host.Opa.Instead = context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        (await _api.PutAsync("/api/v1/policies/frozen", Policy(12))).Is(200);
        Assert.Equal("policy_error", await _api.ReasonAsync("alice", "docs:read"));
    }

    [Fact]
    public async Task Test_APolicyThatAsks_IsAnsweredAndLeavesNothingBehind()
    {
        _host.Opa.Documents["authz/frozen"] = _ => true;
        _host.Opa.Hold();
        var trial = _api.PostAsync("/api/v1/policies/test", new
        {
            policy = Policy(10),
            requests = Enumerable.Range(0, 5).Select(i => new { user = "alice", permission = "docs:read", resource = new { id = $"{i}" }, expected = "denied_by_policy" }),
        });
        await Task.WhenAny(trial, _host.Opa.ArrivedAsync(5));
        Assert.False(trial.IsCompleted, trial.IsCompleted ? (await trial).Text : "");
        _host.Opa.Release();
        Assert.True((await trial).Is(200)["passed"].GetBoolean());

        _host.Opa.Documents["authz/frozen"] = _ => false;
        (await _api.PostAsync("/api/v1/policies", Policy(10))).Is(201);
        Assert.Equal("granted", (await _api.AskAsync(new { user = "alice", permission = "docs:read", resource = new { id = "0" } }))["reason"].GetString());
    }

    private static object Policy(int priority) => new
    {
        id = "frozen", name = "frozen", effect = "deny", resources = new[] { "docs" }, priority,
        conditions = new[] { new { type = "opa", @params = new { path = "authz/frozen" } } },
    };
}
