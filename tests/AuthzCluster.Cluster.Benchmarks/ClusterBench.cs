using AuthzCluster.Actors.Ports;
using AuthzCluster.Benchmarks;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions;
using AuthzCluster.Grains.Abstractions.Calls;
using AuthzCluster.Hosting;
using AuthzCluster.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AuthzCluster.Cluster.Benchmarks;

/// <summary>What a question costs on a cluster, beside a call that does nothing on the same way.</summary>
public static class ClusterBench
{
    private const int Users = BenchSilo.Users, BatchSize = 100;
    private static readonly TenantId Tenant = new("default");
    private static readonly string[] Names = [.. Enumerable.Range(0, Users).Select(BenchSilo.NameOf)];
    private static readonly AccessRequest[] Questions =
        [.. Names.Select(name => new AccessRequest { Subject = SubjectId.User(name), Permission = Permission.Parse("invoice:read"), ResourceId = "42" })];
    private static readonly TimedRequest[][] OfOne =
        [.. Questions.Select(question => Enumerable.Range(0, BatchSize).Select(i => new TimedRequest(question with { ResourceId = $"{i}" }, DateTimeOffset.UnixEpoch)).ToArray())];
    private static readonly TimedRequest[][] OfMany =
        [.. Enumerable.Range(0, Users).Select(first => Enumerable.Range(first, BatchSize).Select(i => new TimedRequest(Questions[i % Users], DateTimeOffset.UnixEpoch)).ToArray())];

    /// <summary>Runs it.</summary>
    public static async Task RunAsync(BenchReport report)
    {
        await RunCoHostedAsync(report);
        await RunExternalAsync(report);
    }

    private static async Task RunCoHostedAsync(BenchReport report)
    {
        using var data = new TemporaryDirectory();
        using var host = await BenchSilo.StartHereAsync(data.Path, int.Parse(BenchSilo.FreePort(), null), int.Parse(BenchSilo.FreePort(), null));
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        var decisions = host.Services.GetRequiredService<NodeServices>().Decisions;
        var rates = await Load.RatesAsync(64, OwnTime, i => NoOpAsync(grains, i), i => EvaluateAsync(decisions, i));
        Compare(report, "co-hosted, 64 callers", rates, atLeast: 60);
        await host.StopAsync();
    }

    private static async Task RunExternalAsync(BenchReport report)
    {
        using var data = new TemporaryDirectory();
        using var silo = await BenchSilo.StartAsync(data.Path);
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleansClient(client => client.UseLocalhostClustering(silo.Gateway).Services.AddAuthzWire());
        using var host = builder.Build();
        await host.StartAsync();
        var grains = host.Services.GetRequiredService<IClusterClient>();
        var decisions = Ports(grains).Decisions;
        foreach (var callers in new[] { 64, 256 })
        {
            var rates = await Load.RatesAsync(callers, AllTime, i => NoOpAsync(grains, i), i => EvaluateAsync(decisions, i));
            Compare(report, $"through a client, {callers} callers", rates, atLeast: 65);
            if (callers == 256)
            {
                report.Add("p99 of an evaluate at half of that rate", await Load.P99Async(rates[1].Rate / 2, i => EvaluateAsync(decisions, i)), "ms", atMost: 5);
            }
        }
        var batches = await Load.RatesAsync(16, AllTime, i => EvaluateManyAsync(decisions, OfOne[i % Users]), i => EvaluateManyAsync(decisions, OfMany[i % Users]));
        report.Add("through a client, batches of 100 questions about one subject", batches[0].Rate * BatchSize, "checks/s");
        report.Add("through a client, batches of 100 questions about 100 subjects", batches[1].Rate * BatchSize, "checks/s");
        await host.StopAsync();

        TimeSpan AllTime() => OwnTime() + silo.ProcessorTime;
    }

    private static void Compare(BenchReport report, string name, (double Rate, double Microseconds)[] ways, double atLeast)
    {
        report.Add($"{name}: a call that does nothing", ways[0].Rate, "calls/s");
        report.Add($"{name}: evaluate", ways[1].Rate, "calls/s");
        report.Add($"{name}: evaluate over nothing", ways[1].Rate / ways[0].Rate * 100, "%", atLeast: atLeast);
        // On a machine that has other things to do as well, this is the steadier figure.
        report.Add($"{name}: processor time, nothing over evaluate", ways[0].Microseconds / ways[1].Microseconds * 100, "%");
        report.Add($"{name}: processor time of an evaluate", ways[1].Microseconds, "us");
    }

    private static TimeSpan OwnTime() => Environment.CpuUsage.TotalTime;

    private static ClusterPorts Ports(IGrainFactory grains) => new(() => grains, new ClusterCallOptions(), new OrderedIds(TimeProvider.System), TimeProvider.System);

    // Awaits as the others do: a caller does something with the answer.
    private static async ValueTask NoOpAsync(IGrainFactory grains, int i) => await grains.GetGrain<INoOpGrain>(Names[i % Users]).DoAsync();

    private static async ValueTask EvaluateAsync(IDecisions decisions, int i)
    {
        var answer = await decisions.EvaluateAsync(Tenant, Questions[i % Users], DateTimeOffset.UtcNow);
        if (!answer.Value.IsAllowed)
        {
            throw new InvalidOperationException($"{answer}");
        }
    }

    private static async ValueTask EvaluateManyAsync(IDecisions decisions, TimedRequest[] questions)
    {
        foreach (var answer in await decisions.EvaluateManyAsync(Tenant, questions))
        {
            if (answer.Error is { } error)
            {
                throw new InvalidOperationException($"{error}");
            }
        }
    }
}
