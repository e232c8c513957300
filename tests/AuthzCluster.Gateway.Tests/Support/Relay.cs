using System.Net;
using System.Net.Sockets;

namespace AuthzCluster.Gateway.Tests.Support;

/// <summary>A way to a silo, on which answers can be lost.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, LoopbackPort.Free());
    private readonly CancellationTokenSource _stop = new();
    private readonly int _target;
    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _accepting;
    private volatile bool _loses;

    public Relay(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Ends once something was lost.</summary>
    public Task Lost => _lost.Task;

    /// <summary>The next answer is lost, and the way ends with it: as if the silo were killed between a commit and its answer.</summary>
    public void Lose() => _loses = true;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var passing = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                passing.Add(PassAsync(client));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
        finally
        {
            await Task.WhenAll(passing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using var silo = new TcpClient { NoDelay = true };
        using (client)
        {
            client.NoDelay = true;
            await silo.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
            await Task.WhenAny(CopyAsync(client, silo, mayLose: false), CopyAsync(silo, client, mayLose: true));
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, bool mayLose)
    {
        var bytes = new byte[64 * 1024];
        int count;
        while ((count = await from.GetStream().ReadAsync(bytes, _stop.Token)) > 0)
        {
            if (mayLose && _loses)
            {
                _listener.Stop();
                _lost.TrySetResult();
                return;
            }
            await to.GetStream().WriteAsync(bytes.AsMemory(0, count), _stop.Token);
        }
    }
}
