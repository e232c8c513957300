namespace AuthzCluster.Server.Tests.Outside;

/// <summary>What is asked of a policy server is asked under the trace of who asks.</summary>
public sealed class OpaTraceTests
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    [Fact]
    public async Task Condition_IsAskedUnderTheTraceOfTheCaller_AndWithoutOneWhereThereIsNone()
    {
        await using var host = await OpaHost.StartAsync();
        host.Opa.Documents["authz/allow"] = _ => true;
        var api = await host.TenantAsync("acme");
        await OpaHost.AssignAsync(api);

        await AskAsync("1", ("traceparent", $"00-{TraceId}-00f067aa0ba902b7-01"));
        await AskAsync("2");

        Assert.Equal([TraceId, ""], host.Opa.Traces.Select(trace => trace.Length == 0 ? "" : trace.Split('-')[1]));

        async Task AskAsync(string id, params (string, string)[] headers) =>
            (await api.PostAsync("/api/v1/authorization/evaluate", new { user = "alice", permission = "docs:read", resource = new { type = "docs", id } }, headers)).Is(200);
    }
}
