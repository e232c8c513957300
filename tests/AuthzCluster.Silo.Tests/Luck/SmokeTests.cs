using System.Diagnostics;
using AuthzCluster.Silo.Tests.Running;
using Xunit.Abstractions;

namespace AuthzCluster.Silo.Tests.Luck;

[Collection(ProcessCollection.Name)]
public sealed class SmokeTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Probe_Kill()
    {
        var start = Stopwatch.GetTimestamp();
        void Say(string what) => output.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalSeconds:f1} {what}");
        await using var cluster = await RunningCluster.StartAsync(3);
        Say("cluster");
        var gateway = await cluster.GatewayAsync();
        Say("gateway");
        await gateway.Api.RoleAsync("clerk", "a:b");
        for (var i = 0; i < 60; i++)
        {
            await gateway.Api.AssignAsync("clerk", $"u{i}");
            Assert.Equal("granted", await gateway.Api.ReasonAsync($"u{i}", "a:b"));
        }
        Say("assigned");
        await cluster.Silos[2].Process.KillAsync();
        var killed = Stopwatch.GetTimestamp();
        var longest = await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            var texts = new List<string>();
            while (true)
            {
                var begun = Stopwatch.GetElapsedTime(killed);
                var reply = await gateway.Api.PostAsync("/api/v1/authorization/evaluate", new { user = $"u{i}", permission = "a:b" });
                texts.Add($"{begun.TotalSeconds:f1}-{Stopwatch.GetElapsedTime(killed).TotalSeconds:f1}: {reply.Status} {(reply.Status == 200 ? "" : reply.Text)}");
                if (reply.Status == 200)
                {
                    return (Stopwatch.GetElapsedTime(killed).TotalSeconds, string.Join("\n", texts));
                }
            }
        }));
        Say($"all answered; longest {longest.Max().Item1:f1} s, {longest.Count(l => l.Item1 > 1)} later than 1 s: {longest.Max().Item2}");
        foreach (var silo in cluster.Silos)
        {
            output.WriteLine(string.Join('\n', silo.Process.Errors.Take(25).Select(l => l.Length > 300 ? l[..300] : l)));
        }
    }
}
