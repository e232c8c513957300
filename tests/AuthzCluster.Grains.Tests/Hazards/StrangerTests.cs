using AuthzCluster.Testing;
using AuthzCluster.Grains.Node;
using Microsoft.Extensions.DependencyInjection;

namespace AuthzCluster.Grains.Tests.Hazards;

/// <summary>Who was asked about and has left takes no memory any more.</summary>
public sealed class StrangerTests
{
    [Fact]
    public async Task Subjects_ThatHaveLeft_AreForgotten()
    {
        var time = new ManualTimeProvider(DateTimeOffset.UtcNow);
        await using var cluster = await BareCluster.StartAsync(silo: (silo, _) => silo.Services.AddSingleton(new SiloClock(time)));
        for (var i = 0; i < 5; i++)
        {
            Assert.False(await cluster.MayAsync($"stranger-{i}", "invoices:read"));
        }
        Assert.True(cluster.Silo.Strangers.Count >= 5);

        await cluster.Silo.Eviction.EvictAsync(BareCluster.Tenant);

        using var end = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (cluster.Silo.Strangers.Count > 0)
        {
            end.Token.ThrowIfCancellationRequested();
            time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }
    }
}
