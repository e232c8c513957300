using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Gateway.Tests.Support;

/// <summary>Waits for what a server says of itself.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2), Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Until it is ready.</summary>
    public static Task WaitAsync(Uri url) => UntilAsync(url, reply => reply.Status == 200);

    /// <summary>Until its readiness is as it is waited for.</summary>
    public static async Task<Reply> UntilAsync(Uri url, Func<Reply, bool> isIt)
    {
        using var http = new HttpClient { BaseAddress = url };
        using var end = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(Pause);
        while (true)
        {
            var reply = await new ApiClient(http, "").GetAsync("/health/ready");
            if (isIt(reply))
            {
                return reply;
            }
            await timer.WaitForNextTickAsync(end.Token);
        }
    }
}
