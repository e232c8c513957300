using System.Runtime.InteropServices;
using AuthzCluster.Benchmarks;
using AuthzCluster.Benchmarks.Storage;

var scenarios = new Dictionary<string, Func<BenchReport, Task>>
{
    ["storage"] = StorageBench.RunAsync,
};

var names = args.Length == 0 ? [.. scenarios.Keys] : args;
var report = new BenchReport();
Console.WriteLine($"{RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}");
foreach (var name in names)
{
    if (!scenarios.TryGetValue(name, out var run))
    {
        Console.Error.WriteLine($"There is no benchmark '{name}'; there are: {string.Join(", ", scenarios.Keys)}");
        return 2;
    }

    Console.WriteLine($"== {name}");
    await run(report);
}

return report.IsGood ? 0 : 1;
