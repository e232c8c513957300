using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace AuthzCluster.Benchmarks;

/// <summary>Gathers figures, prints them as they come, and keeps them for <c>--json</c>.</summary>
public sealed class BenchReport
{
    private readonly List<BenchFigure> _figures = [];

    /// <summary>The scenario that figures are added for.</summary>
    public string Scenario { get; set; } = "";

    /// <summary>How many promises were broken.</summary>
    public int Missed => _figures.Count(figure => figure.IsMissed);

    /// <summary>Adds a figure, with the bound that is promised, where one is.</summary>
    public void Add(string name, double value, string unit, double? atMost = null, double? atLeast = null)
    {
        var figure = new BenchFigure(Scenario, name, value, unit, atMost, atLeast);
        _figures.Add(figure);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{(figure.IsMissed ? "MISSED" : "      ")} {name,-74} {value,14:#,0.###} {unit,-12} {figure.Promise}"));
    }

    /// <summary>Says why figures are missing.</summary>
    public void LeaveOut(string what, string why) => Console.WriteLine($"LEFT OUT {what}: {why}");

    /// <summary>Says how far figures can be trusted.</summary>
    public static void Note(params string[] lines) => Console.WriteLine($"NOTE   {string.Join("\n       ", lines)}");

    /// <summary>The machine in one line.</summary>
    public static string Machine()
    {
        var cpu = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30;
        return $"{cpu ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} cores, {memory} GiB, "
            + $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";
    }

    /// <summary>Writes all figures.</summary>
    public void WriteJson(string path) => File.WriteAllText(path, JsonSerializer.Serialize(
        new { machine = Machine(), date = DateTimeOffset.UtcNow, figures = _figures }, new JsonSerializerOptions { WriteIndented = true }));
}
