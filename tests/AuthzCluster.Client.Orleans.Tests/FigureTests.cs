using System.Globalization;
using System.Text;
using AuthzCluster.Client.Orleans.Tests.Support;
using AuthzCluster.Hosting.Metrics;

namespace AuthzCluster.Client.Orleans.Tests;

/// <summary>What silos count of what Orleans clients ask.</summary>
[Collection(ClusterCollection.Name)]
public sealed class FigureTests(OrleansTransport transport)
{
    [Fact]
    public async Task Evaluations_OfAnOrleansClient_AreCountedByTheSilosByReason()
    {
        using var instruments = new InstrumentListener();
        var tenant = await transport.MakeTenantAsync(null, "standard");
        using var clients = transport.Of(tenant);
        await clients.Roles.CreateRoleAsync(new RoleBuilder().WithName("clerk").WithPermissions("invoices:read:own").Build());
        await clients.Roles.AssignRoleAsync("alice", "clerk");
        var before = Count();

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("not_owner", (await clients.Authorization.EvaluateAsync(new AccessQuestion("alice", "invoices:read"))).Reason);
        }

        // Others of this process may have asked too.
        Assert.InRange(Count() - before, 3, double.MaxValue);

        double Count()
        {
            var text = new MetricsText();
            instruments.Write(text);
            var line = Encoding.UTF8.GetString(text.ToBytes()).Split('\n').Single(one => one.StartsWith("authzcluster_evaluations_total{reason=\"not_owner\"} ", StringComparison.Ordinal));
            return double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
        }
    }
}
