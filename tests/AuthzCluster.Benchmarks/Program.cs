using AuthzCluster.Benchmarks;
using AuthzCluster.Benchmarks.Engine;
using AuthzCluster.Benchmarks.Hosting;
using AuthzCluster.Benchmarks.Http;
using AuthzCluster.Benchmarks.Storage;

if (args is [EchoServer.Argument])
{
    await EchoServer.ServeAsync();
    return 0;
}

Dictionary<string, Func<BenchReport, Task>> scenarios = new(StringComparer.Ordinal)
{
    ["engine"] = EngineBench.RunAsync,
    ["storage"] = StorageBench.RunAsync,
    ["subjects"] = SubjectsBench.RunAsync,
    ["evaluate"] = EvaluateBench.RunAsync,
    ["door"] = DoorBench.RunAsync,
    ["overload"] = OverloadBench.RunAsync,
    ["writes"] = WriteBench.RunAsync,
    ["import"] = ImportBench.RunAsync,
};

var names = new List<string>();
string? json = null;
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--json" when i + 1 < args.Length:
            json = args[++i];
            break;
        case "--list":
            Console.WriteLine(string.Join('\n', scenarios.Keys));
            return 0;
        case var name when scenarios.ContainsKey(name):
            names.Add(name);
            break;
        default:
            Console.Error.WriteLine($"unknown argument `{args[i]}`; scenarios: {string.Join(", ", scenarios.Keys)}; options: --json FILE, --list");
            return 2;
    }
}

Console.WriteLine(BenchReport.Machine());
var report = new BenchReport();
foreach (var name in names.Count > 0 ? names : [.. scenarios.Keys])
{
    Console.WriteLine($"\n== {name}");
    report.Scenario = name;
    await scenarios[name](report);
}
if (json is not null)
{
    report.WriteJson(json);
}
Console.WriteLine($"\n{report.Missed} promises missed");
return report.Missed == 0 ? 0 : 1;
