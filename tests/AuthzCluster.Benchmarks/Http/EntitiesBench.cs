using System.Diagnostics;
using System.Text;
using System.Text.Json;
using AuthzCluster.Testing;

namespace AuthzCluster.Benchmarks.Http;

/// <summary>A million stored entities: their way in, what a check costs that is about one of them, and a start with all of them.</summary>
internal static class EntitiesBench
{
    private const int Entities = 1_000_000, PerRequest = 250_000, Checks = 2_000;
    private const string Evaluate = "/api/v1/authorization/evaluate";

    public static async Task RunAsync(BenchReport report)
    {
        using var data = new TemporaryDirectory();
        var server = await ServerUnderTest.StartAsync(data.Path);
        try
        {
            await server.PostAsync("/api/v1/roles", new { name = "reader", permissions = new[] { "invoices:read:own", "payments:read" } });
            await server.PostAsync("/api/v1/roles/reader/assign", new { user_id = "user7" });
            report.Add("resident memory before", server.Mebibytes(), "MiB");
            await LoadAsync(report, server);
            await ChecksAsync(report, server);

            await server.StopAsync();
            await server.DisposeAsync();
            var start = Stopwatch.GetTimestamp();
            server = await ServerUnderTest.StartAsync(data.Path);
            await AskAsync(server, "invoices", 7);
            report.Add("start with 1,000,000 entities, to the first answer", Stopwatch.GetElapsedTime(start).TotalSeconds, "s", atMost: 5);
            report.Add("resident memory after the start", server.Mebibytes(), "MiB", atMost: 400);
            report.Add("data on disk", Directory.EnumerateFiles(data.Path, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length) / 1048576d, "MiB");
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static async Task LoadAsync(BenchReport report, ServerUnderTest server)
    {
        var whole = 0d;
        for (var first = 0; first < Entities; first += PerRequest)
        {
            var body = Rows(first, PerRequest);
            var start = Stopwatch.GetTimestamp();
            var answer = await server.PostBytesAsync("/api/v1/import?format=entities", body);
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            whole += seconds;
            using var json = JsonDocument.Parse(answer);
            if (json.RootElement.GetProperty("created").GetInt32() != PerRequest)
            {
                throw new InvalidOperationException($"{json.RootElement.GetProperty("created")} of {PerRequest} rows were created");
            }
            report.Add($"import of {PerRequest:#,0} entities, {body.Length >> 20} MiB, {first:#,0} before", seconds, "s");
            report.Add("resident memory after it", server.Mebibytes(), "MiB");
        }
        report.Add("entities imported in a second", Entities / whole, "rows/s");
        report.Add("peak resident memory of the server", server.PeakMebibytes(), "MiB", atMost: 1500);
    }

    // Each is owned by one of a thousand users: a question is about one's own.
    private static async Task ChecksAsync(BenchReport report, ServerUnderTest server)
    {
        await Measure.MedianMillisecondsAsync(_ => AskAsync(server, "payments", 7), Checks);
        report.Add("a check of what is not stored (median, one caller)", 1000 * await Measure.MedianMillisecondsAsync(_ => AskAsync(server, "payments", 7), Checks), "us");
        report.Add("a check of an entity, cold", 1000 * await Measure.MedianMillisecondsAsync(i => AskAsync(server, "invoices", (i * 400_000L % 999_000) + 7 + i), Checks), "us");
        report.Add("a check of an entity, warm", 1000 * await Measure.MedianMillisecondsAsync(_ => AskAsync(server, "invoices", 7), Checks), "us");
    }

    private static Task AskAsync(ServerUnderTest server, string type, long number) =>
        server.PostAsync(Evaluate, new { user = "user7", permission = $"{type}:read", resource = new { type, id = $"invoice-{number:D7}" } });

    private static byte[] Rows(int first, int count)
    {
        var text = new StringBuilder("[");
        for (var i = first; i < first + count; i++)
        {
            text.Append(i == first ? "" : ",").Append("{\"type\":\"invoices\",\"id\":\"invoice-").Append(i.ToString("D7", null)).Append("\",\"properties\":{\"owner_id\":\"user").Append(i % 1000)
                .Append("\",\"amount\":").Append(i % 9973).Append(".25,\"customer\":\"customer-").Append(i % 5003).Append("\",\"region\":\"eu-west\",\"tags\":[\"paid\",\"2026\"],\"address\":{\"city\":\"Berlin\",\"zip\":\"10115\"}}}");
        }
        return Encoding.UTF8.GetBytes(text.Append(']').ToString());
    }
}
