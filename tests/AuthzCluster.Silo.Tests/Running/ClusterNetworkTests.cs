using System.Diagnostics;
using System.Net;

namespace AuthzCluster.Silo.Tests.Running;

/// <summary>A fault rig whose cuts cut nothing would find nothing.</summary>
[Collection(ProcessCollection.Name)]
public sealed class ClusterNetworkTests
{
    private const int SomePort = 9;

    [NetworkFact]
    public async Task Cut_OneLine_LosesWhatGoesThereAndNothingElseUntilItIsMended()
    {
        using var network = new ClusterNetwork(2);
        var place = network.Places[0];
        using var toDatabase = await Line.OpenAsync(place, network.Database);
        using var toHere = await Line.OpenAsync(place, network.Here);

        Task<string?> late;
        using (network.Cut(IPAddress.Parse(place.Host), [network.Database]))
        using (network.Cut(IPAddress.Parse(place.Host), [network.Database]))
        {
            await toDatabase.SendAsync("late");
            late = toDatabase.AnswerAsync();
            for (var i = 0; i < 100; i++)
            {
                await toHere.SendAsync($"{i}");
                Assert.Equal($"{i}", await toHere.AnswerAsync());
            }
            Assert.False(late.IsCompleted);
            // Nobody answers, not even with a refusal.
            Assert.False(await Line.CanConnectAsync(place, $"{network.Database}", SomePort));
        }
        // Not told, and not broken: it comes when it can.
        Assert.Equal("late", await late);
    }

    [NetworkFact]
    public async Task Cut_TwoFaultsOnOneLine_ItIsMendedWithTheLast()
    {
        using var network = new ClusterNetwork(2);
        var (one, other) = (network.Places[0], network.Places[1]);
        using var line = await Line.OpenAsync(one, network.Here);
        var first = network.Cut(IPAddress.Parse(one.Host), [network.Here, IPAddress.Parse(other.Host)]);
        using (network.Cut(IPAddress.Parse(one.Host), [network.Here]))
        {
            first.Dispose();
            await line.SendAsync("late");
            Assert.False(await Line.CanConnectAsync(one, $"{network.Here}", SomePort));
        }
        Assert.Equal("late", await line.AnswerAsync());
    }

    [NetworkFact]
    public async Task Slow_Line_TakesAsLongAsItSaysBothWaysAndIsAsBeforeAfterwards()
    {
        using var network = new ClusterNetwork(1);
        using var line = await Line.OpenAsync(network.Places[0], network.Here);
        var least = TimeSpan.FromMilliseconds(50);
        using (network.Slow(network.Places[0], least, 2 * least, new Random(1)))
        {
            for (var i = 0; i < 5; i++)
            {
                var since = Stopwatch.GetTimestamp();
                await line.SendAsync($"{i}");
                Assert.Equal($"{i}", await line.AnswerAsync());
                // Not a measurement: a line that waits cannot be faster than this, but for the clock's grain.
                Assert.True(Stopwatch.GetElapsedTime(since) > 1.5 * least);
            }
        }
        await line.SendAsync("after");
        Assert.Equal("after", await line.AnswerAsync());
    }

    [NetworkFact]
    public void Network_Disposed_LeavesNothingNorWhatADeadProcessLeft()
    {
        // No process has such a number.
        const string Old = "az99999999x1-lan";
        Assert.True(Tool.Run("ip", "netns", "add", Old));
        string mine;
        using (var network = new ClusterNetwork(1))
        {
            mine = network.Places[0].Namespace!;
            Assert.Contains(mine, Namespaces());
            Assert.DoesNotContain(Old, Namespaces());
        }
        Assert.DoesNotContain(mine, Namespaces());
    }

    private static IEnumerable<string?> Namespaces() => Directory.GetFiles("/run/netns").Select(Path.GetFileName);
}
