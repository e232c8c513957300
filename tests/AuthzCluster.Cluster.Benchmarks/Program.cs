using AuthzCluster.Benchmarks;
using AuthzCluster.Cluster.Benchmarks;

if (args is [BenchSilo.Argument, var data, var silo, var gateway])
{
    await BenchSilo.ServeAsync(data, int.Parse(silo, null), int.Parse(gateway, null));
    return 0;
}
return await Scenarios.RunAsync(args, new Dictionary<string, Func<BenchReport, Task>>(Scenarios.Embedded) { ["cluster"] = RunClusterAsync });

static async Task RunClusterAsync(BenchReport report)
{
    // Who names a baseline asks for the comparison with it.
    if (FinalityBench.Baseline is null)
    {
        await ClusterBench.RunAsync(report);
        await GatewayBench.RunAsync(report);
    }
    await FinalityBench.RunAsync(report);
}
