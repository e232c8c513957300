using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AuthzCluster.Api.Grpc.HealthV1;
using AuthzCluster.Api.Grpc.V1;
using AuthzCluster.Api.Serving;
using AuthzCluster.Hosting;
using AuthzCluster.Http.Tests.Grpc;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Server.Tests.Edge;

/// <summary>How calls are taken in: with TLS, on which port, and when the process stops.</summary>
public sealed class GrpcServingTests
{
    private const string Evaluate = GrpcClient.Authorization + "Evaluate", Stream = GrpcClient.Authorization + "EvaluateStream";
    private static readonly EvaluateRequest Question = new() { User = "alice", Permission = "a:b" };

    [Fact]
    public async Task Tls_OnOnePort_TakesCallsAndRequests()
    {
        using var directory = new TemporaryDirectory();
        await using var server = await ServerHost.StartAsync(WithCertificate(directory));
        using var client = new GrpcClient(server.GrpcUrl, server.Key);
        using var http = new HttpClient(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } }) { BaseAddress = server.Url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", server.Key);

        Assert.Equal(server.Url, server.GrpcUrl);
        Assert.Equal("https", server.Url.Scheme);
        Assert.Equal("no_assignment", (await client.CallAsync(Evaluate, Question)).One<EvaluateResponse>().Reason);
        using var stream = await GrpcStream.OpenAsync(client, Stream);
        await stream.WriteAsync(Question);
        Assert.Equal("no_assignment", (await stream.ReadAsync<EvaluateResponse>())!.Reason);
        Assert.Equal(200, (await new ApiClient(http, "").GetAsync("/api/v1/roles")).Status);
    }

    [Fact]
    public async Task Tls_WithFilesThatDoNotDo_IsRefused()
    {
        using var directory = new TemporaryDirectory();
        var good = WithCertificate(directory);
        foreach (var (http, named) in new[]
        {
            (good with { HttpsKey = null }, "--https-key"), (good with { HttpsCertificate = null }, "--https-cert"),
            (good with { HttpsKey = good.HttpsCertificate }, "--https-key"), (good with { HttpsCertificate = "/nowhere" }, "--https-cert"),
            (new HttpServing { Port = 65_535 }, "--grpc-port"), (new HttpServing { Port = 4_000, GrpcPort = 4_000 }, "--grpc-port"),
        })
        {
            var refused = await Assert.ThrowsAsync<StartRefusedException>(() => ServerApp.StartAsync(new ServerOptions { Data = directory.Path, Http = http }));
            Assert.Contains(named, refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', refused.Message);
        }
    }

    [Fact]
    public async Task Stream_WhoseLargeMessageDoesNotCome_IsEndedAndHoldsNothing()
    {
        await using var server = await ServerHost.StartAsync();
        using var client = new GrpcClient(server.GrpcUrl, server.Key);
        var large = new EvaluateRequest(Question) { User = new string('x', 200_000) };
        using var stream = await GrpcStream.OpenAsync(client, Stream);

        // Idle between messages it may be; within one it may not.
        await stream.WriteBytesAsync(GrpcClient.Frame(large)[..150_000]);

        (await stream.EndAsync()).Refused(8, "rate_limited");
    }

    [Fact]
    public async Task GrpcPort_InUse_IsRefusedByItsName()
    {
        using var directory = new TemporaryDirectory();
        await using var server = await ServerHost.StartAsync();
        var http = new HttpServing { Port = 0, GrpcPort = server.Url.Port };

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => ServerApp.StartAsync(new ServerOptions { Data = directory.Path, Http = http }));

        Assert.StartsWith("--grpc-port:", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GrpcPort_Off_IsNone()
    {
        using var directory = new TemporaryDirectory();
        await using var server = await ServerApp.StartAsync(new ServerOptions { Data = directory.Path, Http = new HttpServing { Port = 0, IsGrpcOff = true } });

        Assert.Null(server.GrpcUrl);
    }

    [Fact]
    public async Task Stop_WithStreamsOpen_TellsWatchersAndEndsThem()
    {
        var server = await ServerHost.StartAsync();
        using var client = new GrpcClient(server.GrpcUrl, server.Key);
        using var watch = await GrpcStream.OpenAsync(client, "grpc.health.v1.Health/Watch", [new HealthCheckRequest()]);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await watch.ReadAsync<HealthCheckResponse>())!.Status);
        using var stream = await GrpcStream.OpenAsync(client, Stream);
        await stream.WriteAsync(Question);
        Assert.NotNull(await stream.ReadAsync<EvaluateResponse>());

        var stopped = server.DisposeAsync();

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, (await watch.ReadAsync<HealthCheckResponse>())!.Status);
        (await watch.EndAsync()).Refused(14, "unavailable");
        (await stream.EndAsync()).Refused(14, "unavailable");
        await stopped;
    }

    [Fact]
    public async Task Stream_WhoseKeyIsRevoked_EndsOnceItIsJudgedAnew()
    {
        var time = new SettableTime(DateTimeOffset.UtcNow);
        await using var server = await ServerHost.StartAsync(time: time);
        using var http = new HttpClient { BaseAddress = server.Url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", server.Key);
        var api = new ApiClient(http, "");
        var key = (await api.PostAsync("/api/v1/api-keys", new { name = "asker", roles = new[] { "viewer" }, tenants = new[] { "default" } })).Is(201);
        using var client = new GrpcClient(server.GrpcUrl, key["key"].GetString()!);
        using var stream = await GrpcStream.OpenAsync(client, Stream);
        await stream.WriteAsync(Question);
        Assert.NotNull(await stream.ReadAsync<EvaluateResponse>());

        (await api.DeleteAsync($"/api/v1/api-keys/{key["id"].GetString()}")).Is(204);
        time.Advance(TimeSpan.FromSeconds(6));
        await stream.WriteAsync(Question);

        (await stream.EndAsync()).Refused(16, "unauthenticated");
    }

    private static HttpServing WithCertificate(TemporaryDirectory directory)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var serving = new HttpServing { Port = 0, HttpsCertificate = Path.Combine(directory.Path, "own.pem"), HttpsKey = Path.Combine(directory.Path, "own.key") };
        File.WriteAllText(serving.HttpsCertificate, certificate.ExportCertificatePem());
        File.WriteAllText(serving.HttpsKey, key.ExportPkcs8PrivateKeyPem());
        return serving;
    }
}
