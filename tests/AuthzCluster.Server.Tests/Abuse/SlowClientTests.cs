using System.Net.Sockets;
using System.Text;
using AuthzCluster.Http.Tests.Fuzz;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Server.Tests.Abuse;

/// <summary>Clients that send or read slowly are cut off by the server, and nobody else notices them.</summary>
public sealed class SlowClientTests : IAsyncLifetime
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly TemporaryDirectory _directory = new();
    private ServerApp _server = null!;
    private HttpClient _http = null!;
    private string _key = "";

    public async Task InitializeAsync()
    {
        _server = await ServerApp.StartAsync(new ServerOptions { Data = _directory.Path, Http = new() { Port = 0, Patience = TimeSpan.FromSeconds(2) } });
        _key = (await File.ReadAllTextAsync(_server.AdminKeyPath)).Trim();
        _http = new HttpClient { BaseAddress = _server.Url };
        _http.DefaultRequestHeaders.Authorization = new("Bearer", _key);
        var api = new ApiClient(_http, "");
        await api.RoleAsync("clerk", "a:read");
        await api.AssignAsync("clerk", "alice");
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("GET /health/live HTTP/1.1\r\nHost: x\r\nX-Slow: ")]
    public async Task Headers_ByteByByte_AreCutOff(string start)
    {
        await using var canary = new Canary(_server.Url, _key, "default");
        using var client = await ConnectAsync(start);

        var answer = await TrickleAsync(client, "x");

        Assert.StartsWith("HTTP/1.1 408 ", answer);
        await canary.HearAsync();
    }

    [Theory]
    [InlineData("/api/v1/authorization/evaluate", 1000)]
    [InlineData("/api/v1/roles", 1_000_000)]
    [InlineData("/api/v1/import?format=authz", 60_000_000)]
    public async Task Body_ByteByByte_IsCutOff(string path, int length)
    {
        await using var canary = new Canary(_server.Url, _key, "default");
        using var client = await ConnectAsync($"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {_key}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n");

        var answer = await TrickleAsync(client, " ");

        Assert.StartsWith("HTTP/1.1 408 ", answer);
        Assert.Contains("\"code\":\"validation_failed\"", answer, StringComparison.Ordinal);
        await canary.HearAsync();
    }

    [Fact]
    public async Task Body_ByteByByteFromNobody_IsRefusedAtOnceAndCutOff()
    {
        using var client = await ConnectAsync("POST /api/v1/import?format=authz HTTP/1.1\r\nHost: x\r\nContent-Length: 60000000\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 401 ", await TrickleAsync(client, " "));
    }

    [Fact]
    public async Task Answers_NeverRead_AreCutOff()
    {
        await using var canary = new Canary(_server.Url, _key, "default");
        using var client = await ConnectAsync("");
        var requests = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat($"GET /api/v1/roles HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {_key}\r\n\r\n", 100)));

        // The server stops reading when its answers are not read; that the sending fails tells that it gave up.
        var stream = client.GetStream();
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (true)
            {
                await stream.WriteAsync(requests);
            }
        });

        await canary.HearAsync();
    }

    private async Task<TcpClient> ConnectAsync(string start)
    {
        var client = new TcpClient { NoDelay = true, ReceiveBufferSize = 4096 };
        await client.ConnectAsync(_server.Url.Host, _server.Url.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(start));
        return client;
    }

    // A byte now and then, until the server ends it; answers what it said.
    private static async Task<string> TrickleAsync(TcpClient client, string bytes)
    {
        var answer = new StringBuilder();
        var stream = client.GetStream();
        var ended = ReadAsync(stream, answer);
        using var pace = new PeriodicTimer(Pace);
        try
        {
            while (!ended.IsCompleted && await pace.WaitForNextTickAsync())
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(bytes));
            }
        }
        catch (IOException)
        {
            // The end.
        }
        await ended;
        return answer.ToString();
    }

    private static async Task ReadAsync(NetworkStream stream, StringBuilder answer)
    {
        var bytes = new byte[4096];
        try
        {
            while (await stream.ReadAsync(bytes) is > 0 and var count)
            {
                answer.Append(Encoding.UTF8.GetString(bytes, 0, count));
            }
        }
        catch (IOException)
        {
            // The end.
        }
    }
}
