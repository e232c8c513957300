using AuthzCluster.Gateway.Tests.Support;
using AuthzCluster.Grains.Abstractions.Calls;

namespace AuthzCluster.Gateway.Tests.Starting;

/// <summary>A gateway that is there before any silo.</summary>
public sealed class WaitingTests
{
    private const string Evaluate = "/api/v1/authorization/evaluate", Key = "authzk_not_made_yet";

    [Fact]
    public async Task Gateway_BeforeAnySilo_LivesRefusesAtOnceAndWorksOnceTheyCome()
    {
        await using var cluster = await TestCluster.PrepareAsync();
        // Whoever waited for a deadline would wait for the whole test.
        var hour = TimeSpan.FromHours(1);
        var options = cluster.Gateway with { Calls = new ClusterCallOptions { ReadDeadline = hour, ListDeadline = hour, WriteDeadline = hour } };
        await using var gateway = await RunningGateway.ListenAsync(options, Key);

        (await gateway.Api.GetAsync("/health/live")).Is(200);
        var ready = (await gateway.Api.GetAsync("/health/ready")).Is(503);
        Assert.Equal("no silo answers", ready["problem"].GetString());
        foreach (var refused in new[]
        {
            await gateway.Api.PostAsync(Evaluate, new { user = "alice", permission = "a:b" }),
            await gateway.Api.GetAsync("/api/v1/roles"),
            await gateway.Api.PostAsync("/api/v1/roles", new { name = "clerk" }, ("Idempotency-Key", "k")),
        })
        {
            Assert.True(refused.Refused(503, "unavailable").Headers.ContainsKey("Retry-After"));
        }

        await cluster.StartSilosAsync();
        await Readiness.WaitAsync(gateway.Url);

        var api = gateway.Api.As(cluster.AdminKey);
        await api.RoleAsync("clerk", "a:b");
        await api.AssignAsync("clerk", "alice");
        Assert.Equal("granted", await api.ReasonAsync("alice", "a:b"));
        (await api.GetAsync("/api/v1/roles?limit=1")).Is(200);
    }
}
