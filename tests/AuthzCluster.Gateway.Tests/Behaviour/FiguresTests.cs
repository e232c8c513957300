using System.Globalization;
using AuthzCluster.Gateway.Tests.Support;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Gateway.Tests.Behaviour;

public sealed class FiguresTests
{
    [Fact]
    public async Task Silo_OnItsHealthPort_TellsWhatItHoldsAndStores_AndNamesNobody()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1);
        await using var gateway = await RunningGateway.StartAsync(cluster.Gateway, cluster.AdminKey);
        await gateway.Api.RoleAsync("reader", "doc:read");
        await gateway.Api.AssignAsync("reader", "somebody-seldom");
        using var http = new HttpClient { BaseAddress = cluster.Silos[0].HealthUrl };

        var lines = (await http.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Split('\n');

        Assert.Contains(lines, line => line.StartsWith("authzcluster_actors{kind=\"subject\"} ", StringComparison.Ordinal) && !line.EndsWith(" 0", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("authzcluster_store_commits_total{outcome=\"committed\"} ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("authzcluster_store_commit_duration_seconds_bucket{le=\"+Inf\"} ", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("somebody-seldom", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Silo_OnItsHealthPort_TellsOfItsLeaseAndItsAnnouncements()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1);
        await using var gateway = await RunningGateway.StartAsync(cluster.Gateway, cluster.AdminKey);
        await gateway.Api.RoleAsync("reader", "doc:read");
        using var http = new HttpClient { BaseAddress = cluster.Silos[0].HealthUrl };

        var told = (await new ApiClient(http, "").GetAsync("/health/finality")).Is(200);
        var lines = (await http.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Split('\n');

        Assert.Equal("application/json", told.ContentType);
        Assert.Equal(
            ["age", "failed_announces", "fences_issued", "fences_suffered", "is_held", "leases_taken", "longest_announce", "refused_evaluations"],
            told.Json.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        Assert.True(told["is_held"].GetBoolean());
        Assert.InRange(told["leases_taken"].GetInt64(), 1, long.MaxValue);
        Assert.InRange(TimeSpan.Parse(told["age"].GetString()!, CultureInfo.InvariantCulture), TimeSpan.Zero, TimeSpan.MaxValue);
        // The role was announced before it was acknowledged.
        Assert.InRange(TimeSpan.Parse(told["longest_announce"].GetString()!, CultureInfo.InvariantCulture), TimeSpan.FromTicks(1), TimeSpan.MaxValue);
        Assert.Equal((0, 0), (told["fences_issued"].GetInt64(), told["failed_announces"].GetInt64()));
        // Of this silo: others of this process are told of here too.
        var own = lines.Where(line => line.Contains($":{cluster.Options[0].SiloPort}@", StringComparison.Ordinal)).ToList();
        Assert.Contains(own, line => line.StartsWith("authzcluster_lease_held{authzcluster_node=\"", StringComparison.Ordinal) && line.EndsWith("\"} 1", StringComparison.Ordinal));
        Assert.All(
            ["authzcluster_lease_age_seconds", "authzcluster_lease_taken_total", "authzcluster_announce_duration_seconds_count", "authzcluster_announce_batches_total", "authzcluster_evaluations_refused_total"],
            name => Assert.Contains(own, line => line.StartsWith($"{name}{{authzcluster_node=\"", StringComparison.Ordinal)));
    }
}
