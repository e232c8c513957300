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

        Assert.Contains(lines, line => line.StartsWith("authzcluster_actors{kind=\"user_assignments\"} ", StringComparison.Ordinal) && !line.EndsWith(" 0", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("authzcluster_store_commits_total{outcome=\"committed\"} ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("authzcluster_store_commit_duration_seconds_bucket{le=\"+Inf\"} ", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("somebody-seldom", StringComparison.Ordinal));
    }
}
