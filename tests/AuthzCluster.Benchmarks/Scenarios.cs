using AuthzCluster.Benchmarks.Engine;
using AuthzCluster.Benchmarks.Hosting;
using AuthzCluster.Benchmarks.Http;
using AuthzCluster.Benchmarks.Postgres;
using AuthzCluster.Benchmarks.Storage;

namespace AuthzCluster.Benchmarks;

/// <summary>What can be measured without Orleans, and how a program measures what its arguments name.</summary>
public static class Scenarios
{
    /// <summary>By name, in the order in which they run.</summary>
    public static IReadOnlyDictionary<string, Func<BenchReport, Task>> Embedded { get; } = new Dictionary<string, Func<BenchReport, Task>>(StringComparer.Ordinal)
    {
        ["engine"] = EngineBench.RunAsync,
        ["policies"] = PoliciesBench.RunAsync,
        ["lease"] = LeaseBench.RunAsync,
        ["storage"] = StorageBench.RunAsync,
        ["postgres"] = PostgresBench.RunAsync,
        ["vault"] = VaultBench.RunAsync,
        ["audit"] = AuditBench.RunAsync,
        ["subjects"] = SubjectsBench.RunAsync,
        ["separation"] = SeparationBench.RunAsync,
        ["expiry"] = ExpiryBench.RunAsync,
        ["evaluate"] = EvaluateBench.RunAsync,
        ["grpc"] = GrpcBench.RunAsync,
        ["authzen"] = AuthZenBench.RunAsync,
        ["door"] = DoorBench.RunAsync,
        ["overload"] = OverloadBench.RunAsync,
        ["writes"] = WriteBench.RunAsync,
        ["import"] = ImportBench.RunAsync,
        ["entities"] = EntitiesBench.RunAsync,
    };

    /// <summary>Runs those that are named, or all; the exit code.</summary>
    public static async Task<int> RunAsync(string[] args, IReadOnlyDictionary<string, Func<BenchReport, Task>> scenarios)
    {
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
    }
}
