using System.Collections.Concurrent;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Hosting.Opa;

/// <summary>
/// One server: so many questions are under way at it at once, so many more wait. Of a tenant whose questions fail in a row none is sent for a while; then one
/// is. By tenant, so that nobody's broken or slow policy keeps others from an answer for longer than it is waited for.
/// </summary>
internal sealed class OpaServer(string url, OpaClient client, OpaOptions options, TimeProvider time) : IDisposable
{
    private const int WaitingForEach = 10;

    private readonly SemaphoreSlim _free = new(options.MostAtOnce);
    // Of tenants whose last question failed.
    private readonly ConcurrentDictionary<TenantId, OpaBreaker> _failing = new();
    private int _here;

    /// <summary>Its address.</summary>
    public string Url => url;

    /// <summary>Of how many tenants no questions are sent.</summary>
    public int OpenBreakers => _failing.Values.Count(breaker => breaker.IsOpen);

    /// <summary>Asks. Never throws.</summary>
    public async Task<OpaReply> AskAsync(TenantId tenant, string path, byte[] body)
    {
        if (_failing.TryGetValue(tenant, out var breaker) && !breaker.MayTry())
        {
            return OpaReply.Failed("the policy server failed several times in a row, and is not asked for a moment", isOutage: false);
        }
        var reply = await AskInTurnAsync(path, body).ConfigureAwait(false);
        if (reply.IsOutage)
        {
            _failing.GetOrAdd(tenant, _ => new OpaBreaker(options.Failures, options.Pause, time)).Fail();
        }
        else
        {
            _failing.TryRemove(tenant, out _);
        }
        return reply;
    }

    public void Dispose() => _free.Dispose();

    private async Task<OpaReply> AskInTurnAsync(string path, byte[] body)
    {
        // Of machines, whatever clock the service goes by.
        using var patience = new CancellationTokenSource(options.Timeout);
        try
        {
            if (Interlocked.Increment(ref _here) > options.MostAtOnce * (WaitingForEach + 1))
            {
                return OpaReply.Failed("too many questions wait for the policy server", isOutage: true);
            }
            await _free.WaitAsync(patience.Token).ConfigureAwait(false);
            try
            {
                return await client.AskAsync(url, path, body, patience.Token).ConfigureAwait(false);
            }
            finally
            {
                _free.Release();
            }
        }
        catch (OperationCanceledException)
        {
            return OpaReply.Failed("the policy server took too long", isOutage: true);
        }
        catch (ObjectDisposedException)
        {
            return OpaReply.Failed("this server is stopping", isOutage: false);
        }
        finally
        {
            Interlocked.Decrement(ref _here);
        }
    }
}
