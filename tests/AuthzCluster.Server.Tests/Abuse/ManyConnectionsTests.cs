using System.Net.Sockets;
using System.Text;
using AuthzCluster.Api.Serving;
using AuthzCluster.Http.Tests.Fuzz;
using AuthzCluster.Http.Tests.Support;
using Xunit.Abstractions;

namespace AuthzCluster.Server.Tests.Abuse;

/// <summary>Ten thousand connections that come to nothing: the server is a process of its own, and neither it nor anybody else is held up.</summary>
public sealed class ManyConnectionsTests(ITestOutputHelper output)
{
    private const int Wanted = 10_000, AtOnce = 200, Spare = 1_000;

    [Fact]
    public async Task Connections_TenThousandHalfOpen_StopNobodyAndAreCutOff()
    {
        using var data = new TemporaryDirectory();
        await using var server = await ServerUnderTest.StartAsync(data.Path, "--patience", "00:00:05");
        var api = new ApiClient(server.Http, "");
        await api.RoleAsync("clerk", "a:read");
        await api.AssignAsync("clerk", "alice");
        var count = (int)Math.Min(Wanted, (OpenFiles.Limit() ?? int.MaxValue) - Spare);
        output.WriteLine(count < Wanted ? $"ONLY {count} CONNECTIONS: the limit of open files (ulimit -n) allows no more" : $"{count} connections");
        var before = server.Mebibytes();
        await using var canary = new Canary(server.Url, server.Key, "default");

        for (var wave = 1; wave <= 2; wave++)
        {
            var clients = await OpenAsync(server, count);
            await canary.HearAsync();
            var during = server.Mebibytes();
            // Nothing is closed from here: that all of these end is the server's doing.
            await Task.WhenAll(clients.Select(EndAsync));
            await canary.HearAsync();
            output.WriteLine($"wave {wave}: {before:0} MiB before, {during:0} with all open; others were answered {canary.Answers} times");
            Assert.True(during - before < count * 0.1, $"{during - before:0} MiB for {count} connections");
        }
    }

    [Fact]
    public async Task Connections_MoreThanTheLimit_AreClosedAndTheOthersKept()
    {
        using var data = new TemporaryDirectory();
        await using var server = await ServerApp.StartAsync(new ServerOptions { Data = data.Path, Http = new() { Port = 0, MaxConnections = 3 } });
        var kept = new List<TcpClient>();
        for (var i = 0; i < 3; i++)
        {
            kept.Add(await ConnectAsync(server.Url));
            Assert.Contains("200 OK", await AskAsync(kept[i]), StringComparison.Ordinal);
        }

        using (var fourth = await ConnectAsync(server.Url))
        {
            await EndAsync(fourth);
        }

        Assert.Contains("200 OK", await AskAsync(kept[2]), StringComparison.Ordinal);
        kept.ForEach(client => client.Dispose());
    }

    private static async Task<List<TcpClient>> OpenAsync(ServerUnderTest server, int count)
    {
        string[] starts =
        [
            "P",
            "POST /api/v1/roles HTTP/1.1\r\nHost: x\r\nAuthori",
            $"POST /api/v1/authorization/evaluate HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.Key}\r\nContent-Length: 60000\r\n\r\n{{",
            $"POST /api/v1/import?format=authz HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.Key}\r\nContent-Length: 60000000\r\n\r\n{{",
        ];
        var clients = new List<TcpClient>(count);
        for (var i = 0; i < count; i += AtOnce)
        {
            clients.AddRange(await Task.WhenAll(Enumerable.Range(i, Math.Min(AtOnce, count - i)).Select(async number =>
            {
                var client = await ConnectAsync(server.Url);
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(starts[number % starts.Length]));
                return client;
            })));
        }
        return clients;
    }

    private static async Task<TcpClient> ConnectAsync(Uri url)
    {
        var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port);
        return client;
    }

    private static async Task<string> AskAsync(TcpClient client)
    {
        await client.GetStream().WriteAsync("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
        var bytes = new byte[4096];
        return Encoding.ASCII.GetString(bytes, 0, await client.GetStream().ReadAsync(bytes));
    }

    private static async Task EndAsync(TcpClient client)
    {
        using (client)
        {
            var bytes = new byte[1024];
            try
            {
                while (await client.GetStream().ReadAsync(bytes) > 0)
                {
                }
            }
            catch (IOException)
            {
                // Reset: an end as well.
            }
        }
    }
}
