using System.Diagnostics;
using System.Text;
using AuthzCluster.Testing;

namespace AuthzCluster.Benchmarks.Http;

/// <summary>AuthZEN over loopback HTTP beside a bare echo of the same body, in turns; and who may do something that 100,000 may.</summary>
internal static class AuthZenBench
{
    private const int Rounds = 3, Users = 100, Holders = 100_000, Imported = 20_000, Page = 100, Searches = 20;
    private const string Evaluation = "/access/v1/evaluation", Evaluations = "/access/v1/evaluations", Search = "/access/v1/search/subject";

    public static async Task RunAsync(BenchReport report)
    {
        using var data = new TemporaryDirectory();
        await using var server = await ServerUnderTest.StartAsync(data.Path);
        await server.PostAsync("/api/v1/roles", new { name = "accountant", permissions = new[] { "invoices:*", "payments:*", "reports:read" } });
        for (var i = 0; i < Users; i++)
        {
            await server.PostAsync("/api/v1/roles/accountant/assign", new { user_id = $"user{i}" });
        }
        await EvaluateAsync(report, server);
        await SearchAsync(report, server);
    }

    private static async Task EvaluateAsync(BenchReport report, ServerUnderTest server)
    {
        if (!Wrk.IsInstalled)
        {
            report.LeaveOut("AuthZEN over HTTP", "wrk is not installed");
            return;
        }
        using var echo = await EchoServer.StartAsync();
        const string single = """{"subject":{"type":"user","id":"user7"},"action":{"name":"read"},"resource":{"type":"invoices","id":"42"}}""";
        var items = string.Join(',', Enumerable.Range(0, 100).Select(i => $$$"""{"subject":{"type":"user","id":"user{{{i % Users}}}"},"action":{"name":"read"},"resource":{"type":"invoices","id":"{{{i}}}"}}"""));
        var batch = $$"""{"evaluations":[{{items}}]}""";
        var (best, ceiling, batches) = (0d, 0d, 0d);
        for (var round = 0; round < Rounds; round++)
        {
            ceiling = Math.Max(ceiling, await Wrk.RateAsync(new Uri(echo.Url, "/echo"), server.Key, single));
            best = Math.Max(best, await Wrk.RateAsync(new Uri(server.Url, Evaluation), server.Key, single));
            batches = Math.Max(batches, await Wrk.RateAsync(new Uri(server.Url, Evaluations), server.Key, batch));
        }
        report.Add("bare echo of the same body", ceiling, "requests/s");
        report.Add("POST /access/v1/evaluation", best, "requests/s");
        report.Add("POST /access/v1/evaluation over the bare echo", 100 * best / ceiling, "%", atLeast: 55);
        report.Add("POST /access/v1/evaluations of 100 different subjects", batches * 100, "checks/s", atLeast: 250_000);
    }

    private static async Task SearchAsync(BenchReport report, ServerUnderTest server)
    {
        await server.PostAsync("/api/v1/roles", new { name = "reader", permissions = new[] { "library:read" } });
        for (var first = 0; first < Holders; first += Imported)
        {
            var rows = string.Join(',', Enumerable.Range(first, Imported).Select(i => $$"""{"user_id":"h{{i:d6}}","role":"reader"}"""));
            await server.PostBytesAsync("/api/v1/import?format=assignments", Encoding.UTF8.GetBytes($"[{rows}]"));
        }
        var body = Encoding.UTF8.GetBytes($$$"""{"subject":{"type":"user"},"action":{"name":"read"},"resource":{"type":"library","id":"1"},"page":{"limit":{{{Page}}}}}""");
        await server.PostBytesAsync(Search, body);
        var taken = new List<double>();
        for (var i = 0; i < Searches; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            await server.PostBytesAsync(Search, body);
            taken.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }
        taken.Sort();
        report.Add($"the first {Page} of {Holders:n0} who may, median of {Searches}", taken[Searches / 2], "ms", atMost: 20);
    }
}
