using System.Diagnostics;
using System.Globalization;
using AuthzCluster.Benchmarks;
using AuthzCluster.Silo;
using AuthzCluster.Testing;

namespace AuthzCluster.Cluster.Benchmarks;

/// <summary>
/// Writes and questions on a cluster of three silos over PostgreSQL; where a build without the protocol of finality is named, on one of
/// that build too, in short turns, so that what else the machine does hits both alike.
/// </summary>
public static class FinalityBench
{
    private const string BaselineVariable = "AUTHZ_BENCH_BASELINE", RoundsVariable = "AUTHZ_BENCH_ROUNDS";
    private const int UsualRounds = 25, WritesOfRound = 12, WarmUpWrites = 500, Writers = 64;
    private const double MoreMilliseconds = 1, PartOfRate = 95;
    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(1), Slice = TimeSpan.FromSeconds(0.5);
    private static readonly string[] Writes = ["assign to a new user", "revoke", "a write that changes nothing", "a role's edit"];

    /// <summary>The silo's dll of the build that this one is compared with; null: none.</summary>
    public static string? Baseline { get; } = Environment.GetEnvironmentVariable(BaselineVariable) is { Length: > 0 } path ? path : null;

    /// <summary>Runs it.</summary>
    public static async Task RunAsync(BenchReport report)
    {
        var rounds = Environment.GetEnvironmentVariable(RoundsVariable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : UsualRounds;
        if (Baseline is not null && !File.Exists(Baseline))
        {
            throw new FileNotFoundException($"{BaselineVariable} is the path of an AuthzCluster.Silo.dll", Baseline);
        }
        using var server = new PostgresServer();
        await using var own = await SideCluster.StartAsync("3 silos", typeof(SiloApp).Assembly.Location, server.CreateDatabase());
        if (Baseline is null)
        {
            report.LeaveOut("what the protocol of finality costs", $"{BaselineVariable} is not set");
            await MeasureAsync(report, rounds, own);
            return;
        }
        await using var other = await SideCluster.StartAsync("baseline", Baseline, server.CreateDatabase());
        await MeasureAsync(report, rounds, own, other);
    }

    private static async Task MeasureAsync(BenchReport report, int rounds, params SideCluster[] sides)
    {
        // Else the first kinds are those of code that is yet to be compiled.
        foreach (var side in sides)
        {
            await Load.RateAsync(Writers, WarmUp, async _ => await side.AssignAsync(side.NewUser()));
        }
        for (var kind = 0; kind < Writes.Length; kind++)
        {
            await InTurnsAsync(WarmUpWrites, sides, side => TimeAsync(side, kind));
        }
        for (var kind = 0; kind < Writes.Length; kind++)
        {
            var times = await InTurnsAsync(rounds * WritesOfRound, sides, side => TimeAsync(side, kind));
            CompareTimes(report, Writes[kind], sides, [.. times.Select(side => side.Order().ToArray())]);
        }
        await CompareRatesAsync(report, $"writes/s of {Writers} writers", Writers, rounds, null, sides, async (side, _) => await side.AssignAsync(side.NewUser()));
        foreach (var callers in new[] { 64, 256 })
        {
            await CompareRatesAsync(report, $"evaluations/s of {callers} callers", callers, rounds, PartOfRate, sides, (side, i) => side.EvaluateAsync(i));
        }
        foreach (var side in sides)
        {
            report.Add($"{side.Name}: refusals, each asked again", side.Refusals, "");
        }
    }

    // One caller, one write after the other.
    private static async Task<double> TimeAsync(SideCluster side, int kind)
    {
        var user = side.NewUser();
        if (kind == 1)
        {
            await side.AssignAsync(user);
        }
        var start = Stopwatch.GetTimestamp();
        await (kind switch
        {
            0 => side.AssignAsync(user),
            1 => side.RevokeAsync(user),
            2 => side.ChangeNothingAsync(),
            _ => side.EditRoleAsync(),
        });
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static void CompareTimes(BenchReport report, string what, SideCluster[] sides, double[][] times)
    {
        for (var side = 0; side < sides.Length; side++)
        {
            report.Add($"{sides[side].Name}: {what}, median", Median(times[side]), "ms");
            report.Add($"{sides[side].Name}: {what}, p99", times[side][(int)(times[side].Length * 0.99)], "ms");
        }
        if (sides.Length > 1)
        {
            report.Add($"{what}: more on the median than the baseline", Median(times[0]) - Median(times[1]), "ms", atMost: MoreMilliseconds);
            report.Add($"{what}: median by the baseline's", 100 * Median(times[0]) / Median(times[1]), "%");
        }
    }

    private static async Task CompareRatesAsync(
        BenchReport report, string what, int callers, int rounds, double? atLeast, SideCluster[] sides, Func<SideCluster, int, ValueTask> call)
    {
        var slices = await InTurnsAsync(rounds, sides, async side =>
        {
            var before = side.ProcessorTime;
            var (rate, count) = await Load.RateAsync(callers, Slice, i => call(side, i));
            return (Rate: rate, Microseconds: (side.ProcessorTime - before).TotalMicroseconds / count);
        });
        for (var side = 0; side < sides.Length; side++)
        {
            report.Add($"{sides[side].Name}: {what}", Median(slices[side].Select(slice => slice.Rate)), "1/s");
            report.Add($"{sides[side].Name}: {what}, processor time of each", Median(slices[side].Select(slice => slice.Microseconds)), "us");
        }
        if (sides.Length > 1)
        {
            // Of each pair of neighbours, and then the one in the middle.
            report.Add($"{what}: by the baseline's", 100 * Median(slices[0].Zip(slices[1], (own, other) => own.Rate / other.Rate)), "%", atLeast: atLeast);
            // Without PostgreSQL's. On a machine that has other things to do as well, this is the steadier figure.
            report.Add($"{what}: processor time, baseline's by ours", 100 * Median(slices[0].Zip(slices[1], (own, other) => other.Microseconds / own.Microseconds)), "%");
        }
    }

    /// <summary>A B, B A, A B, ...: of each side its slices, without those that warm up.</summary>
    private static async Task<List<T>[]> InTurnsAsync<T>(int rounds, SideCluster[] sides, Func<SideCluster, Task<T>> slice)
    {
        var warmUp = 1 + (rounds / 5);
        var slices = sides.Select(_ => new List<T>(rounds)).ToArray();
        for (var round = 0; round < warmUp + rounds; round++)
        {
            for (var turn = 0; turn < sides.Length; turn++)
            {
                var side = round % 2 == 0 ? turn : sides.Length - 1 - turn;
                var measured = await slice(sides[side]);
                if (round >= warmUp)
                {
                    slices[side].Add(measured);
                }
            }
        }
        return slices;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
