using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using AuthzCluster.Testing;

namespace AuthzCluster.Benchmarks.Http;

/// <summary>Ten times as many callers as a server handles requests at once: what is answered, beside what it answers at its best.</summary>
internal static class OverloadBench
{
    private const int Rounds = 3, Usual = 64, Times = 10;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(4), Hanging = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(BenchReport report)
    {
        using var data = new TemporaryDirectory();
        // One credential has half of the places: all callers together fill them at ten times.
        await using var server = await ServerUnderTest.StartAsync(data.Path, "--max-requests", (2 * Usual).ToString(CultureInfo.InvariantCulture), "--max-queue", "0");
        await server.PostAsync("/api/v1/roles", new { name = "clerk", permissions = new[] { "invoices:*" } });
        await AssignAsync(report, server);
        if (!Wrk.IsInstalled)
        {
            report.LeaveOut("checks", "wrk is not installed");
            return;
        }
        await CheckAsync(report, server);
    }

    // A check takes no place for long enough to be refused: the connections wait for the processor.
    private static async Task CheckAsync(BenchReport report, ServerUnderTest server)
    {
        var url = new Uri(server.Url, "/api/v1/authorization/evaluate");
        using var echo = await EchoServer.StartAsync();
        var bare = new Uri(echo.Url, "/echo");
        const string body = """{"user":"user7","permission":"invoices:read"}""";
        var (best, most, echoBest, echoMost) = (new Load(0, 0, 0), new Load(0, 0, 0), 0d, 0d);
        for (var round = 0; round < Rounds; round++)
        {
            echoBest = Math.Max(echoBest, (await Wrk.LoadAsync(bare, server.Key, body, Usual)).Rate);
            best = Better(best, await OfAsync(Usual));
            echoMost = Math.Max(echoMost, (await Wrk.LoadAsync(bare, server.Key, body, Usual * Times)).Rate);
            most = Better(most, await OfAsync(Usual * Times));
        }
        Tell(report, "checks", best, most);
        report.Add("  bare echo of the same body, over its best", 100 * echoMost / echoBest, "%");
        report.Add("  checks answered, over what the echo loses", 100 * (most.Rate / best.Rate) / (echoMost / echoBest), "%", atLeast: 80);

        async Task<Load> OfAsync(int connections)
        {
            var (rate, p99) = await Wrk.LoadAsync(url, server.Key, body, connections);
            return new Load(rate, p99, 0);
        }
    }

    private static async Task AssignAsync(BenchReport report, ServerUnderTest server)
    {
        var run = 0;
        Task<HttpResponseMessage> call(int caller, int i) =>
            server.Http.PostAsJsonAsync("/api/v1/roles/clerk/assign", new { user_id = $"u{Interlocked.Increment(ref run)}-{caller}-{i}" });
        await LoadAsync(Usual, call);
        var (best, most) = (new Load(0, 0, 0), new Load(0, 0, 0));
        for (var round = 0; round < Rounds; round++)
        {
            best = Better(best, await LoadAsync(Usual, call));
            most = Better(most, await LoadAsync(Usual * Times, call));
        }
        Tell(report, "durable assignments", best, most);
        report.Add("  assignments answered, over the best", 100 * most.Rate / best.Rate, "%", atLeast: 80);
    }

    private static void Tell(BenchReport report, string what, Load best, Load most)
    {
        report.Add($"{what}, {Usual} callers", best.Rate, "answers/s");
        report.Add("  99 of 100 within", best.P99, "ms");
        report.Add($"{what}, {Usual * Times} callers", most.Rate, "answers/s");
        report.Add("  99 of 100 of those that were admitted within", most.P99, "ms");
        report.Add("  told to come again", most.Refused, "refusals/s");
    }

    private static Load Better(Load one, Load other) => one.Rate > other.Rate ? one : other;

    // Callers that are refused come again after the second that they are told; whoever hangs or is answered otherwise ends the run.
    private static async Task<Load> LoadAsync(int callers, Func<int, int, Task<HttpResponseMessage>> call)
    {
        var times = new ConcurrentBag<double>();
        var (refused, start) = (0, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; Stopwatch.GetElapsedTime(start) < Duration; i++)
            {
                var asked = Stopwatch.GetTimestamp();
                using var answer = await call(caller, i).WaitAsync(Hanging);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
                    continue;
                }
                if (answer.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests))
                {
                    throw new InvalidOperationException($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
                }
                Interlocked.Increment(ref refused);
                await Task.Delay(answer.Headers.RetryAfter!.Delta!.Value);
            }
        })));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var sorted = times.Order().ToArray();
        return new Load(sorted.Length / seconds, sorted[sorted.Length * 99 / 100], refused / seconds);
    }

    private sealed record Load(double Rate, double P99, double Refused);
}
