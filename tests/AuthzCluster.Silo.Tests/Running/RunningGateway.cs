using System.Net.Http.Headers;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Silo.Tests.Running;

/// <summary>A gateway as a process.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private RunningGateway(NodeProcess process, Uri url, string key)
    {
        (Process, Url) = (process, url);
        Http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromMinutes(2) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public NodeProcess Process { get; }

    public Uri Url { get; }

    /// <summary>A client with the admin key.</summary>
    public HttpClient Http { get; }

    public ApiClient Api => new(Http, "");

    /// <summary>Starts it on some silos and waits until it is ready.</summary>
    public static async Task<RunningGateway> StartAsync(IEnumerable<SiloPlace> silos, string key, params string[] more)
    {
        var process = NodeProcess.StartGateway(["--port", "0", "--silos", string.Join(',', silos.Select(silo => silo.Address)), .. more]);
        var line = await process.OutputAsync("listens on");
        var gateway = new RunningGateway(process, new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..].Split(' ')[0]), key);
        await Wait.UntilAsync("the gateway is ready", async () => (await gateway.Api.GetAsync("/health/ready")).Status == 200);
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Process.DisposeAsync();
    }
}
