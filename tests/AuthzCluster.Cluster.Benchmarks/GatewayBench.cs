using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AuthzCluster.Benchmarks;
using AuthzCluster.Benchmarks.Http;
using AuthzCluster.Benchmarks.Postgres;
using AuthzCluster.Silo;
using AuthzCluster.Testing;

namespace AuthzCluster.Cluster.Benchmarks;

/// <summary>
/// Three silos over PostgreSQL and a gateway: questions over HTTP beside a bare echo, writes beside bare upserts of the same database, and the change of a
/// role that very many hold.
/// </summary>
public static class GatewayBench
{
    private const int Rounds = 3, Writers = 64, WritesEach = 200, Alone = 500, Edits = 100, Holders = 100_000, BatchSize = 100;
    // Three silos, a gateway and a client compile their code beside the work, twice: for a minute that is half of what they do.
    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(1);
    private const string Evaluate = "/api/v1/authorization/evaluate";

    private static int _keys;

    /// <summary>Runs it.</summary>
    public static async Task RunAsync(BenchReport report)
    {
        using var server = new PostgresServer();
        var database = server.CreateDatabase();
        await using var cluster = await SideCluster.StartAsync("3 silos", typeof(SiloApp).Assembly.Location, database);
        await MeasureQuestionsAsync(report, cluster);
        await MeasureWritesAsync(report, cluster, database);
        await cluster.HoldByAsync(Holders);
        for (var i = 0; i < Edits; i++)
        {
            await cluster.EditRoleAsync();
        }
        report.Add($"change of a role held by {Holders:N0}, median", await Measure.MedianMillisecondsAsync(async _ => await cluster.EditRoleAsync(), Edits), "ms", atMost: 50);
    }

    private static async Task MeasureQuestionsAsync(BenchReport report, SideCluster cluster)
    {
        if (!Wrk.IsInstalled)
        {
            report.LeaveOut("questions to a gateway over HTTP", "wrk is not installed");
            return;
        }
        var (gateway, url, key) = await cluster.StartGatewayAsync();
        using var _ = gateway;
        using var echo = await EchoServer.StartAsync();
        var single = Question(7);
        var different = $$"""{"evaluations":[{{string.Join(',', Enumerable.Range(0, BatchSize).Select(Question))}}]}""";
        var same = $$"""{"evaluations":[{{string.Join(',', Enumerable.Range(0, BatchSize).Select(_ => single))}}]}""";
        await ReadyAsync(new Uri(url, Evaluate), key, single);
        var (ceiling, singles, ofMany, ofOne) = (0d, 0d, 0d, 0d);
        for (var round = 0; round <= Rounds; round++)
        {
            ceiling = Math.Max(ceiling, await Wrk.RateAsync(new Uri(echo.Url, "/echo"), key, single));
            singles = Math.Max(singles, await Wrk.RateAsync(new Uri(url, Evaluate), key, single));
            ofMany = Math.Max(ofMany, await Wrk.RateAsync(new Uri(url, $"{Evaluate}/batch"), key, different));
            ofOne = Math.Max(ofOne, await Wrk.RateAsync(new Uri(url, $"{Evaluate}/batch"), key, same));
        }
        report.Add("bare echo of the same body", ceiling, "requests/s");
        report.Add("gateway: POST /evaluate", singles, "requests/s");
        report.Add("gateway: POST /evaluate over the bare echo", 100 * singles / ceiling, "%", atLeast: 45);
        report.Add($"gateway: POST /evaluate/batch of {BatchSize} different subjects", ofMany * BatchSize, "checks/s", atLeast: 50_000);
        report.Add($"gateway: POST /evaluate/batch of {BatchSize} about one subject", ofOne * BatchSize, "checks/s", atLeast: 250_000);
    }

    private static async Task MeasureWritesAsync(BenchReport report, SideCluster cluster, string database)
    {
        await using var bare = await BareUpserts.OpenAsync(database, Writers);
        await Measure.RateAsync(Writers, WritesEach, Upsert);
        await Load.RateAsync(Writers, WarmUp, async _ => await cluster.AssignAsync(cluster.NewUser()));
        var (upserts, assigns, bareRates, ourRates) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            upserts.Add(await Measure.MedianMillisecondsAsync(i => Upsert(0, i), Alone));
            assigns.Add(await Measure.MedianMillisecondsAsync(i => Assign(0, i), Alone));
            bareRates.Add(await Measure.RateAsync(Writers, WritesEach, Upsert));
            ourRates.Add(await Measure.RateAsync(Writers, WritesEach, Assign));
        }
        report.Add("bare upsert alone, median", Median(upserts), "ms");
        report.Add("assign through 3 silos alone, median", Median(assigns), "ms");
        report.Add("assign alone by bare upsert alone", Median(assigns) / Median(upserts), "x", atMost: 3);
        report.Add($"{Writers} writers: bare upserts/s", Median(bareRates), "1/s");
        report.Add($"{Writers} writers of one role: assigns/s", Median(ourRates), "1/s");
        report.Add($"{Writers} writers of one role: part of bare upserts/s", 100 * Median(ourRates) / Median(bareRates), "%", atLeast: 50);

        Task Upsert(int caller, int _) => bare.UpsertAsync(caller, $"new-{Interlocked.Increment(ref _keys)}");
        async Task Assign(int caller, int _) => await cluster.AssignAsync(cluster.NewUser());
    }

    // A gateway listens before it has found the cluster.
    private static async Task ReadyAsync(Uri url, string key, string body)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        while (true)
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(url, content);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                return;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    private static string Question(int user) => $$"""{"user":"{{SideCluster.UserOf(user)}}","permission":"invoice:read"}""";

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
