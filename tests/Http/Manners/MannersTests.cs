using System.IO.Compression;
using System.Net;
using AuthzCluster.Api.Serving;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Manners;

/// <summary>What has no option, or is off unless asked for.</summary>
[Collection(ServerCollection.Name)]
public sealed class MannersTests(ServerFixture server)
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736", Parent = $"00-{TraceId}-00f067aa0ba902b7-01";

    [Fact]
    public async Task Answers_Any_TellBrowsersToGuessAndKeepNothing()
    {
        var api = await server.TenantAsync();
        foreach (var reply in new[] { await api.GetAsync("/api/v1/roles"), await api.AskAsync(new { user = "a", permission = "b:c" }), await api.GetAsync("/nothing") })
        {
            Assert.Equal(("nosniff", "no-store"), (reply.Headers["X-Content-Type-Options"], reply.Headers["Cache-Control"]));
        }
        Assert.Contains("frame-ancestors 'none'", (await api.GetAsync("/api/v1/roles")).Headers["Content-Security-Policy"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trace_OfTheCaller_IsAnsweredWithASpanOfItsOwn()
    {
        var api = await server.TenantAsync();

        var told = (await api.GetAsync("/api/v1/roles", ("traceparent", Parent))).Headers["traceparent"];

        Assert.StartsWith($"00-{TraceId}-", told, StringComparison.Ordinal);
        Assert.NotEqual(Parent, told);
    }

    [Theory]
    [InlineData("/health/live?x")]
    [InlineData("/health/ready?verbose=1&verbose=2")]
    [InlineData("/openapi/v1.json?v=%zz")]
    [InlineData("/docs?utm_source=mail")]
    public async Task Query_ToWhatAnswersAnybody_IsPassedOver(string target) => (await new ApiClient(server.Http, "").GetAsync(target)).Is(200);

    [Theory]
    [InlineData("nonsense")]
    [InlineData("00-00000000000000000000000000000000-00f067aa0ba902b7-01")]
    [InlineData("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01")]
    [InlineData("ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    public async Task Trace_ThatIsNone_IsAsIfThereWereNone(string parent)
    {
        var api = await server.TenantAsync();

        var reply = (await api.GetAsync("/api/v1/roles", ("traceparent", parent))).Is(200);

        Assert.DoesNotContain("traceparent", reply.Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Cors_NotAskedFor_LetsNoPageRead()
    {
        var api = await server.TenantAsync();

        var reply = (await api.GetAsync("/api/v1/roles", ("Origin", "https://app.example.com"))).Is(200);

        Assert.DoesNotContain(reply.Headers.Keys, name => name.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task List_LargeAndAskedForSo_IsCompressed_AndAnEvaluateNever()
    {
        var api = await server.TenantAsync(["business", "knowledge"]);
        var plain = (await api.GetAsync("/api/v1/permissions?limit=1000")).Is(200);
        Assert.True(plain.Text.Length > 8 * 1024, "the list of the test is too small");

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/tenants/{api.Tenant}/api/v1/permissions?limit=1000");
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        using var response = await server.Http.SendAsync(request);

        Assert.Equal("gzip", response.Content.Headers.ContentEncoding.Single());
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        Assert.True(response.Content.Headers.ContentLength < plain.Text.Length);
        using var reader = new StreamReader(new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress));
        Assert.Equal(plain.Text, await reader.ReadToEndAsync());
        var asked = await api.PostAsync("/api/v1/authorization/evaluate/batch", new { evaluations = Enumerable.Repeat(new { user = "a", permission = "b:c" }, 200) }, ("Accept-Encoding", "gzip"));
        Assert.DoesNotContain("Content-Encoding", asked.Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Metrics_WithACredential_CountRequestsAndDecisions_AndNameNobody()
    {
        var api = await server.TenantAsync();
        await api.AskAsync(new { user = "somebody-seldom", permission = "b:c" });
        await api.RoleAsync("r", "a:read");

        var reply = (await api.GetAsync("/metrics")).Is(200);

        Assert.Equal("text/plain", reply.ContentType);
        var lines = reply.Text.Split('\n');
        Assert.Contains(lines, line => line.StartsWith("authzcluster_http_requests_total{endpoint=\"/api/v1/authorization/evaluate\",method=\"POST\",status=\"200\"} ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("authzcluster_decisions_total{reason=\"no_assignment\"} ", StringComparison.Ordinal) && !line.EndsWith(" 0", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("authzcluster_http_request_duration_seconds_bucket{endpoint=\"/api/v1/roles\",method=\"POST\",le=\"+Inf\"} ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("dotnet_", StringComparison.Ordinal));
        Assert.DoesNotContain("somebody-seldom", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"\"{api.Tenant}\"", reply.Text, StringComparison.Ordinal);
        Assert.All(lines.Where(line => line.Length > 0 && line[0] != '#'), line => Assert.Matches("^[a-z_:][a-z0-9_:]*(\\{[a-z0-9_]+=\"[^\"]*\"(,[a-z0-9_]+=\"[^\"]*\")*\\})? [-+0-9.eENaInf]+$", line));
        Assert.Equal(lines.Count(line => line.StartsWith("# TYPE", StringComparison.Ordinal)), lines.Where(line => line.StartsWith("# TYPE", StringComparison.Ordinal)).Distinct().Count());
    }

    [Fact]
    public async Task Metrics_OfNobody_AreRefused() =>
        (await (await server.TenantAsync()).As("").GetAsync("/metrics")).Refused(401, "unauthenticated");
}
