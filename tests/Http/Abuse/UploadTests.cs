using System.Net.Sockets;
using System.Text;
using AuthzCluster.Http.Tests.Fuzz;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Abuse;

/// <summary>Large bodies: refused at the door before a byte of them is read, and bounded together where they are read.</summary>
[Collection(ServerCollection.Name)]
public sealed class UploadTests(ServerFixture server)
{
    private const int Large = 60 * 1024 * 1024;

    [Theory]
    [InlineData("POST", "/api/v1/import?format=authz")]
    [InlineData("POST", "/api/v1/import?format=assignments")]
    [InlineData("POST", "/api/v1/roles")]
    [InlineData("PUT", "/api/v1/roles/viewer")]
    public async Task Upload_WithoutTheRight_IsRefusedBeforeItsBody(string method, string path)
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("nothing", "x:y");
        var key = (await api.PostAsync("/api/v1/api-keys", new { name = "k", roles = new[] { "nothing" } })).Is(201)["key"].GetString()!;

        // No byte of the body is ever sent: whoever waited for one would wait for ever.
        foreach (var framing in new[] { "Content-Length: 1000000\r\n", "Transfer-Encoding: chunked\r\n", "Content-Length: 1000000\r\nExpect: 100-continue\r\n" })
        {
            Assert.StartsWith("HTTP/1.1 403 ", await FirstAnswerAsync($"{method} /tenants/{api.Tenant}{path}", key, framing));
            Assert.StartsWith("HTTP/1.1 401 ", await FirstAnswerAsync($"{method} /tenants/{api.Tenant}{path}", $"{key}x", framing));
        }
    }

    [Fact]
    public async Task Uploads_MoreThanMemoryForThem_AreToldToComeAgainAndOthersAreAnswered()
    {
        await using var own = await ServerHost.StartAsync(new() { BodyMemory = 64, Patience = TimeSpan.FromMinutes(5) });
        var key = own.Key;
        using var http = new HttpClient { BaseAddress = own.Url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        var api = new ApiClient(http, "");
        using var first = await UploadAsync(own.Url, key);
        using var second = await UploadAsync(own.Url, key);
        var answers = new[] { AnswerAsync(first), AnswerAsync(second) };

        var refused = await Task.WhenAny(answers);

        var text = await refused;
        Assert.StartsWith("HTTP/1.1 503 ", text);
        Assert.Contains("Retry-After: 1\r\n", text, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"unavailable\"", text, StringComparison.Ordinal);
        await api.RoleAsync("clerk", "a:read");
        await api.AssignAsync("clerk", "alice");
        Assert.Equal("granted", await api.ReasonAsync("alice", "a:read"));
        var (other, answer) = refused == answers[0] ? (second, answers[1]) : (first, answers[0]);
        await other.GetStream().WriteAsync("}"u8.ToArray());
        Assert.StartsWith("HTTP/1.1 400 ", await answer);
        (await api.PostAsync("/api/v1/import?format=authz", $$"""{"roles":[{{new string(' ', Large)}}]}""")).Is(200);
    }

    private static async Task<TcpClient> UploadAsync(Uri url, string key)
    {
        var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port);
        var head = Encoding.ASCII.GetBytes($"POST /api/v1/import?format=authz HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\nContent-Length: {Large + 1}\r\n\r\n");
        await client.GetStream().WriteAsync(head);
        var body = new byte[Large];
        body.AsSpan().Fill((byte)' ');
        // All but the last byte; the server may have said no before it was all sent.
        _ = client.GetStream().WriteAsync(body).AsTask().ContinueWith(sent => sent.Exception, TaskScheduler.Default);
        return client;
    }

    private async Task<string> FirstAnswerAsync(string line, string key, string framing)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Url.Host, server.Url.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{line} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\n{framing}\r\n"));
        var bytes = new byte[4096];
        return Encoding.ASCII.GetString(bytes, 0, await client.GetStream().ReadAsync(bytes));
    }

    private static async Task<string> AnswerAsync(TcpClient client)
    {
        var bytes = new byte[4096];
        return Encoding.UTF8.GetString(bytes, 0, await client.GetStream().ReadAsync(bytes));
    }
}
