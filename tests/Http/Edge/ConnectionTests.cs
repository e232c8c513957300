using System.Net.Sockets;
using System.Text;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Edge;

[Collection(ServerCollection.Name)]
public sealed class ConnectionTests(ServerFixture server)
{
    private const string Question = """{"user":"a","permission":"a:b"}""";

    [Fact]
    public async Task Pipelined_GoodAndBad_AreAnsweredInOrder()
    {
        var text = await ExchangeAsync(
            Post("text/xml") + Get("/nowhere") + Post("application/json") + Get("/api/v1/roles/viewer", "Connection: close\r\n"));

        Assert.Equal(["415", "404", "200", "200"], Statuses(text));
    }

    [Fact]
    public async Task HalfOpen_ManySilentConnections_StopNobody()
    {
        var silent = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 300; i++)
            {
                var client = new TcpClient();
                silent.Add(client);
                await client.ConnectAsync(server.Url.Host, server.Url.Port);
                // Some say nothing, some stop within the headers, some within the body.
                var start = i % 3 == 0 ? "" : i % 3 == 1 ? "POST /api/v1/roles HT" : Post("application/json")[..^5];
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(start));
            }

            (await new ApiClient(server.Http, "").PostAsync("/api/v1/authorization/evaluate", Question)).Is(200);
        }
        finally
        {
            silent.ForEach(client => client.Dispose());
        }
        (await new ApiClient(server.Http, "").PostAsync("/api/v1/authorization/evaluate", Question)).Is(200);
    }

    [Fact]
    public async Task Body_CutShort_ChangesNothing()
    {
        var api = await server.TenantAsync();
        const string body = """{"name":"cut"}""";

        await SendCutAsync(
            $"POST /tenants/{api.Tenant}/api/v1/roles HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.Key}\r\nContent-Type: application/json\r\nContent-Length: {body.Length + 1}\r\n\r\n{body}");

        (await api.GetAsync("/api/v1/roles/cut")).Refused(404, "role_not_found");
    }

    [Theory]
    [InlineData("a\tb")]
    [InlineData("a\r\nX-Request-Id: b")]
    public async Task RequestId_ThatCouldForgeLines_IsNotEchoed(string id)
    {
        var text = await ExchangeAsync(Get("/health/live", $"X-Request-Id: {id}\r\nConnection: close\r\n"));

        Assert.Equal(["200"], Statuses(text));
        Assert.Matches("X-Request-Id: [0-9a-f]{16}-[0-9a-f]+\r\n", text);
    }

    private string Post(string type) =>
        $"POST /api/v1/authorization/evaluate HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.Key}\r\nContent-Type: {type}\r\nContent-Length: {Question.Length}\r\n\r\n{Question}";

    private string Get(string path, string more = "") => $"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.Key}\r\n{more}\r\n";

    private static IEnumerable<string> Statuses(string text) => text.Split("HTTP/1.1 ").Skip(1).Select(answer => answer[..3]);

    // Ends the sending side in the middle of a body, and waits until the server has let go of the connection.
    private async Task SendCutAsync(string text)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Url.Host, server.Url.Port);
        await socket.SendAsync(Encoding.Latin1.GetBytes(text));
        socket.Shutdown(SocketShutdown.Send);
        try
        {
            while (await socket.ReceiveAsync(new byte[1024]) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Cut by the server: good as well.
        }
    }

    private async Task<string> ExchangeAsync(string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Url.Host, server.Url.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
