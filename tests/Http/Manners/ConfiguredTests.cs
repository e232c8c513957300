using System.Net;
using AuthzCluster.Api.Grpc.V1;
using AuthzCluster.Api.Serving;
using AuthzCluster.Hosting;
using AuthzCluster.Http.Tests.Grpc;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Manners;

/// <summary>What options ask for.</summary>
public sealed class ConfiguredTests : IAsyncLifetime
{
    private const string Origin = "https://app.example.com";
    private const int Burst = 20;

    private IRunningServer _server = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _server = await ServerHost.StartAsync(new HttpServing { RateLimit = 1, RateBurst = Burst, CorsOrigins = [Origin], MetricsOpen = true });
        _http = new HttpClient { BaseAddress = _server.Url };
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task RateLimit_OfACredential_IsTold_AndHealthGoesOn()
    {
        var api = new ApiClient(_http, "") { Token = _server.Key };

        var replies = await Task.WhenAll(Enumerable.Range(0, 10 * Burst).Select(_ => api.GetAsync("/api/v1/roles", ("Authorization", $"Bearer {_server.Key}"))));

        var refused = replies.Where(reply => reply.Status != 200).ToList();
        Assert.InRange(replies.Length - refused.Count, Burst, (10 * Burst) - 1);
        Assert.All(refused, reply => Assert.Equal("1", reply.Refused(429, "rate_limited").Headers["Retry-After"]));
        (await api.GetAsync("/health/live")).Is(200);
    }

    [Fact]
    public async Task RateLimit_OfAStream_EndsIt_AndWhatItAskedIsCounted()
    {
        using var client = new GrpcClient(_server.GrpcUrl, _server.Key);
        using var stream = await GrpcStream.OpenAsync(client, GrpcClient.Authorization + "EvaluateStream");
        var answers = 0;

        do
        {
            await stream.WriteAsync(new EvaluateRequest { User = "nobody", Permission = "invoices:read" });
        }
        while (await stream.ReadAsync<EvaluateResponse>() is not null && answers++ < 10 * Burst);

        (await stream.EndAsync()).Refused(8, "rate_limited");
        Assert.InRange(answers, Burst, 10 * Burst);
        var figures = (await new ApiClient(_http, "").GetAsync("/metrics")).Is(200).Text;
        Assert.Contains($"authzcluster_decisions_total{{reason=\"no_assignment\"}} {answers}\n", figures, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cors_OfAnOriginAskedFor_IsToldWithoutCredential_OfAnotherNot()
    {
        var api = new ApiClient(_http, "");

        var preflight = (await api.SendAsync("OPTIONS", "/api/v1/roles", null, ("Origin", Origin), ("Access-Control-Request-Method", "POST"))).Is(204);
        Assert.Equal(Origin, preflight.Headers["Access-Control-Allow-Origin"]);
        Assert.Contains("Authorization", preflight.Headers["Access-Control-Allow-Headers"], StringComparison.Ordinal);
        // What a page that follows events sends, and what one that repeats a write reads.
        Assert.Contains("Last-Event-ID", preflight.Headers["Access-Control-Allow-Headers"], StringComparison.Ordinal);
        Assert.Contains("Idempotency-Replayed", (await api.GetAsync("/health/live", ("Origin", Origin))).Headers["Access-Control-Expose-Headers"], StringComparison.Ordinal);
        Assert.Equal(Origin, (await api.GetAsync("/health/live", ("Origin", Origin))).Is(200).Headers["Access-Control-Allow-Origin"]);
        var other = (await api.SendAsync("OPTIONS", "/api/v1/roles", null, ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST"))).Is(401);
        Assert.DoesNotContain("Access-Control-Allow-Origin", other.Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task RateBurst_WithoutARate_IsRefusedInOneLineThatNamesIt()
    {
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => ServerHost.StartAsync(new HttpServing { RateBurst = Burst }));

        Assert.StartsWith("--rate-burst", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public async Task Metrics_Opened_AreForAnybody() => (await new ApiClient(_http, "").GetAsync("/metrics")).Is(200);
}
