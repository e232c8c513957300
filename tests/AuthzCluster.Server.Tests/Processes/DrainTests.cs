using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Server.Tests.Processes;

/// <summary>A process that is asked to stop: whom it answers, whom it refuses, and for whom it waits.</summary>
public sealed class DrainTests : IDisposable
{
    private const string Evaluate = "/api/v1/authorization/evaluate", Question = """{"user":"alice","permission":"a:b"}""", Long = "01:00:00";
    private readonly TemporaryDirectory _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Signal_WithADelay_IsNotReadyAndStillAnswers()
    {
        using var run = Start("--drain-delay", Long);
        var url = await run.UrlAsync();
        using var http = Client(url);
        (await new ApiClient(http, "").GetAsync("/health/ready")).Is(200);

        run.Signal("TERM");
        Reply ready;
        do
        {
            ready = await new ApiClient(http, "").GetAsync("/health/ready");
        }
        while (ready.Status == 200);

        Assert.Equal((503, "stopping"), (ready.Status, ready["status"].GetString()));
        (await new ApiClient(http, "").GetAsync("/health/live")).Is(200);
        var answer = (await new ApiClient(http, "").PostAsync(Evaluate, Question)).Is(200);
        Assert.Equal("close", answer.Headers["Connection"]);
        await EndAsync(run, signal: "TERM");
    }

    [Fact]
    public async Task Signal_UnderLoad_LosesNoRequest()
    {
        const int clients = 16, before = 500;
        using var run = Start("--drain-delay", "00:00:01");
        var url = await run.UrlAsync();
        using var http = Client(url);
        await new ApiClient(http, "").RoleAsync("clerk", "a:b");
        var (key, answers, warm) = (Key, 0, new TaskCompletionSource());
        var load = Enumerable.Range(0, clients).Select(client => Task.Run(() => AskUntilToldAsync(url, key, client, () =>
        {
            if (Interlocked.Increment(ref answers) == before)
            {
                warm.SetResult();
            }
        }))).ToList();
        await Task.WhenAny([warm.Task, .. load]);

        run.Signal("TERM");

        Assert.All(await Task.WhenAll(load), end => Assert.Equal("told", end));
        await EndAsync(run);
    }

    [Fact]
    public async Task Signal_RequestUnderWay_GetsItsAnswerAndNobodyElseAConnection()
    {
        using var run = Start();
        var url = await run.UrlAsync();
        using var slow = await BegunAsync(url);

        run.Signal("TERM");
        await RefusedAsync(url);
        await slow.SendAsync(Question[1..]);

        var (status, text) = (await slow.AnswerAsync())!.Value;
        Assert.Equal(200, status);
        Assert.Contains("\r\nConnection: close\r\n", text, StringComparison.Ordinal);
        Assert.Null(await slow.AnswerAsync());
        await EndAsync(run);
    }

    [Fact]
    public async Task Signal_RequestThatDoesNotEnd_IsCutOff()
    {
        using var run = Start("--drain-timeout", "00:00:01", "--patience", Long);
        using var slow = await BegunAsync(await run.UrlAsync());

        run.Signal("TERM");

        Assert.Null(await slow.AnswerAsync());
        await EndAsync(run);
    }

    [Fact]
    public async Task Signal_Twice_WaitsForNobody()
    {
        using var run = Start("--drain-timeout", Long, "--patience", Long);
        var url = await run.UrlAsync();
        using var slow = await BegunAsync(url);

        run.Signal("TERM");
        await RefusedAsync(url);
        run.Signal("TERM");

        Assert.Null(await slow.AnswerAsync());
        await EndAsync(run);
    }

    [Theory]
    [InlineData("2026-07-01T08:00:00.000Z warn: Microsoft.AspNetCore.Server.Kestrel[22] As of \"07/01/2026 08:00:00 +00:00\", the heartbeat has been running for \"00:00:01.2\" which is longer than \"00:00:01\". This could be caused by thread pool starvation.\n", "")]
    [InlineData("2026-07-01T08:00:00.000Z warn: Microsoft.AspNetCore.Server.Kestrel[24] Connection id \"x\" rejected\n", "2026-07-01T08:00:00.000Z warn: Microsoft.AspNetCore.Server.Kestrel[24] Connection id \"x\" rejected\n")]
    [InlineData("2026-07-01T08:00:00.000Z warn: AuthzCluster.Api.AuthzApi[3] request r of trace t found storage unavailable\n", "2026-07-01T08:00:00.000Z warn: AuthzCluster.Api.AuthzApi[3] request r of trace t found storage unavailable\n")]
    public void Errors_OfABusyMachine_AreNoneOfTheProcess(string written, string left) => Assert.Equal(left, ServerProcessRun.WithoutLateHeartbeats(written));

    private string Key => File.ReadAllText(Path.Combine(_data.Path, "admin.key")).Trim();

    private static async Task EndAsync(ServerProcessRun run, string? signal = null)
    {
        if (signal is not null)
        {
            run.Signal(signal);
        }
        var (code, _, errors) = await run.EndAsync();
        Assert.Equal((0, ""), (code, errors));
    }

    // Asks or assigns on one connection, until it is told to go elsewhere; how that came to an end.
    private static async Task<string> AskUntilToldAsync(Uri url, string key, int client, Action answered)
    {
        using var connection = (await RawConnection.OpenAsync(url))!;
        for (var count = 0; ; count++)
        {
            var (path, body) = client % 2 == 0 ? (Evaluate, Question) : ("/api/v1/roles/clerk/assign", $$"""{"user_id":"u{{client}}-{{count}}"}""");
            await connection.SendAsync(RawConnection.Head(path, key, body.Length) + body);
            if (await connection.AnswerAsync() is not { } answer)
            {
                return "lost";
            }
            Assert.Equal(200, answer.Status);
            answered();
            if (answer.Text.Contains("\r\nConnection: close\r\n", StringComparison.Ordinal))
            {
                return await connection.AnswerAsync() is null ? "told" : "kept open";
            }
        }
    }

    private static async Task RefusedAsync(Uri url)
    {
        while (await RawConnection.OpenAsync(url) is { } open)
        {
            open.Dispose();
        }
    }

    // A request that the server has begun to read: it says so before it has the body.
    private async Task<RawConnection> BegunAsync(Uri url)
    {
        var connection = (await RawConnection.OpenAsync(url))!;
        await connection.SendAsync(RawConnection.Head(Evaluate, Key, Question.Length, "Expect: 100-continue\r\n"));
        Assert.Equal(100, (await connection.AnswerAsync())!.Value.Status);
        await connection.SendAsync(Question[..1]);
        return connection;
    }

    private ServerProcessRun Start(params string[] more) => ServerProcessRun.Start(["--port", "0", "--data", _data.Path, .. more]);

    private HttpClient Client(Uri url)
    {
        var http = new HttpClient { BaseAddress = url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", Key);
        return http;
    }
}
