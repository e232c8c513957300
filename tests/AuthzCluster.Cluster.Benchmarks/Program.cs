using AuthzCluster.Benchmarks;
using AuthzCluster.Cluster.Benchmarks;

if (args is [BenchSilo.Argument, var data, var silo, var gateway])
{
    await BenchSilo.ServeAsync(data, int.Parse(silo, null), int.Parse(gateway, null));
    return 0;
}
return await Scenarios.RunAsync(args, new Dictionary<string, Func<BenchReport, Task>>(Scenarios.Embedded) { ["cluster"] = ClusterBench.RunAsync });
