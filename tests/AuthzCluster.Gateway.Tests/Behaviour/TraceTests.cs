using AuthzCluster.Gateway.Tests.Support;
using AuthzCluster.Hosting.Opa;
using AuthzCluster.Hosting.Tests.Opa;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Gateway.Tests.Behaviour;

/// <summary>A caller's trace goes on through the gateway and the silos to whoever these ask.</summary>
public sealed class TraceTests : IAsyncLifetime
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736", Parent = $"00-{TraceId}-00f067aa0ba902b7-01";

    private OpaStub _opa = null!;
    private TestCluster _cluster = null!;
    private RunningGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _opa = await OpaStub.StartAsync();
        _opa.Documents["authz/allow"] = _ => true;
        _cluster = await TestCluster.StartAsync(opa: new OpaOptions { Urls = [_opa.Url], Timeout = TimeSpan.FromSeconds(10) }.Checked());
        _gateway = await RunningGateway.StartAsync(_cluster.Gateway, _cluster.AdminKey);
        await _gateway.Api.RoleAsync("reader", "docs:read");
        var conditions = new[] { new { type = "opa", @params = new { path = "authz/allow" } } };
        for (var i = 0; i < 4; i++)
        {
            // On both silos are some of them.
            (await _gateway.Api.PostAsync("/api/v1/roles/reader/assign", new { user_id = $"alice{i}", conditions })).Is(200);
        }
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _cluster.DisposeAsync();
        await _opa.DisposeAsync();
    }

    [Theory]
    [InlineData("/api/v1/authorization/evaluate")]
    [InlineData("/api/v1/authorization/explain")]
    public async Task Condition_InASilo_IsAskedUnderTheTraceOfTheCaller(string path)
    {
        for (var i = 0; i < 4; i++)
        {
            (await AskAsync(path, Question(i), ("traceparent", Parent))).Is(200);
        }

        AllOfTheTrace(4);
    }

    [Fact]
    public async Task Conditions_OfABatch_AreAskedUnderTheTraceOfTheCaller()
    {
        (await AskAsync("/api/v1/authorization/evaluate/batch", new { evaluations = Enumerable.Range(0, 4).Select(Question) }, ("traceparent", Parent))).Is(200);
        (await AskAsync("/api/v1/authorization/evaluate/batch", new { evaluations = Enumerable.Range(4, 2).Select(id => new { user = "alice0", permission = "docs:read", resource = new { type = "docs", id = $"{id}" } }) }, ("traceparent", Parent))).Is(200);

        AllOfTheTrace(6);
    }

    [Fact]
    public async Task Condition_OfACallerWithoutATrace_IsAskedWithoutOne()
    {
        (await AskAsync("/api/v1/authorization/evaluate", Question(0), ("traceparent", Parent))).Is(200);
        (await AskAsync("/api/v1/authorization/evaluate", Question(1))).Is(200);

        Assert.Equal(["", TraceId], _opa.Traces.Select(trace => trace.Length == 0 ? "" : trace.Split('-')[1]).Order(StringComparer.Ordinal));
    }

    private static object Question(int user) => new { user = $"alice{user}", permission = "docs:read", resource = new { type = "docs", id = $"{user}" } };

    private Task<Reply> AskAsync(string path, object body, params (string, string)[] headers) => _gateway.Api.PostAsync(path, body, headers);

    private void AllOfTheTrace(int count)
    {
        Assert.Equal(count, _opa.Traces.Count);
        Assert.All(_opa.Traces, trace => Assert.StartsWith($"00-{TraceId}-", trace, StringComparison.Ordinal));
        Assert.All(_opa.Traces, trace => Assert.NotEqual(Parent, trace));
    }
}
