using System.Net;
using AuthzCluster.Gateway.Tests.Support;
using AuthzCluster.Grains.Abstractions.Calls;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Gateway.Tests.Behaviour;

/// <summary>A silo that is gone from some moment on for who asks, with the answers on their way, beside one that lives.</summary>
public sealed class LossTests : IAsyncLifetime
{
    // Long enough for three attempts on a busy machine.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly ClusterCallOptions Calls = new() { ReadDeadline = Deadline, ListDeadline = Deadline, WriteDeadline = Deadline };

    private TestCluster _cluster = null!;
    private Relay _relay = null!;
    private RunningGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _cluster = await TestCluster.StartAsync();
        _relay = new Relay(_cluster.Options[0].GatewayPort);
        _gateway = await RunningGateway.StartAsync(Through(_relay.Port, _cluster.Options[1].GatewayPort), _cluster.AdminKey);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _relay.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Writes_WhoseAnswersAreLost_AreRepeatedAndDoneOnce()
    {
        await _gateway.Api.RoleAsync("clerk", "a:b");

        _relay.Lose();
        var replies = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => _gateway.Api.PostAsync("/api/v1/roles/clerk/assign", new { user_id = $"u{i}" })));

        await _relay.Lost;
        Assert.All(replies, reply => reply.Is(200));
        await using var other = await RunningGateway.StartAsync(Through(_cluster.Options[1].GatewayPort), _cluster.AdminKey);
        var given = await Paging.AllAsync(other.Api, "/api/v1/audit?action=role.assigned&limit=1000", record => record.ToString());
        Assert.Equal(24, given.Count);
        Assert.Equal(24, given.Distinct().Count());
    }

    [Fact]
    public async Task Questions_WhoseAnswersAreLost_AreAskedByAnotherWay()
    {
        await _gateway.Api.RoleAsync("clerk", "a:b");
        for (var i = 0; i < 24; i++)
        {
            await _gateway.Api.AssignAsync("clerk", $"u{i}");
        }

        _relay.Lose();
        var reasons = await Task.WhenAll(Enumerable.Range(0, 48).Select(i => _gateway.Api.ReasonAsync($"u{i}", "a:b")));

        await _relay.Lost;
        Assert.Equal(Enumerable.Range(0, 48).Select(i => i < 24 ? "granted" : "no_assignment"), reasons);
    }

    private GatewayOptions Through(params int[] ports) =>
        _cluster.Gateway with { Silos = [.. ports.Select(port => new DnsEndPoint("127.0.0.1", port))], Calls = Calls };
}
