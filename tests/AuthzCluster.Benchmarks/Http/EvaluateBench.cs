using AuthzCluster.Testing;

namespace AuthzCluster.Benchmarks.Http;

/// <summary>Checks over loopback HTTP beside a bare echo of the same body, in turns.</summary>
internal static class EvaluateBench
{
    private const int Rounds = 3, Users = 100;
    private const string Evaluate = "/api/v1/authorization/evaluate";

    public static async Task RunAsync(BenchReport report)
    {
        if (!Wrk.IsInstalled)
        {
            report.LeaveOut("checks over HTTP", "wrk is not installed");
            return;
        }
        using var data = new TemporaryDirectory();
        await using var server = await ServerUnderTest.StartAsync(data.Path);
        using var echo = await EchoServer.StartAsync();
        await server.PostAsync("/api/v1/roles", new { name = "accountant", permissions = new[] { "invoices:*", "payments:*", "reports:read" } });
        for (var i = 0; i < Users; i++)
        {
            await server.PostAsync("/api/v1/roles/accountant/assign", new { user_id = $"user{i}" });
        }

        const string single = """{"user":"user7","permission":"invoices:read"}""";
        var batch = $$"""{"evaluations":[{{string.Join(',', Enumerable.Range(0, 100).Select(i => $$"""{"user":"user{{i % Users}}","permission":"invoices:read"}"""))}}]}""";
        var (best, ceiling, batches) = (0d, 0d, 0d);
        for (var round = 0; round < Rounds; round++)
        {
            ceiling = Math.Max(ceiling, await Wrk.RateAsync(new Uri(echo.Url, "/echo"), server.Key, single));
            best = Math.Max(best, await Wrk.RateAsync(new Uri(server.Url, Evaluate), server.Key, single));
            batches = Math.Max(batches, await Wrk.RateAsync(new Uri(server.Url, $"{Evaluate}/batch"), server.Key, batch));
        }
        report.Add("bare echo of the same body", ceiling, "requests/s");
        report.Add("POST /evaluate", best, "requests/s");
        report.Add("POST /evaluate over the bare echo", 100 * best / ceiling, "%", atLeast: 60);
        report.Add("POST /evaluate/batch of 100 different subjects", batches * 100, "checks/s", atLeast: 300_000);
    }
}
