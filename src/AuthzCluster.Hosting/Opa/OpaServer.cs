using System.Collections.Concurrent;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Hosting.Opa;

/// <summary>
/// One server: so many questions are under way at it at once, a tenant's share of them among them, so many more wait. Of a tenant whose questions fail in a row
/// none is sent for a while; then one is. By tenant, so that nobody's broken or slow policy keeps others from an answer.
/// </summary>
internal sealed class OpaServer(string url, OpaClient client, OpaOptions options, TimeProvider time, TimeProvider clock) : IDisposable
{
    private const int WaitingForEach = 64;

    private readonly SemaphoreSlim _free = new(options.MostAtOnce);
    private readonly OpaShares _shares = new(options.MostAtOnce);
    // Of tenants whose last question failed.
    private readonly ConcurrentDictionary<TenantId, OpaBreaker> _failing = new();
    private readonly CancellationTokenSource _stopping = new();
    private int _here;

    /// <summary>Its address.</summary>
    public string Url => url;

    /// <summary>Of how many tenants no questions are sent.</summary>
    public int OpenBreakers => _failing.Values.Count(breaker => breaker.IsOpen);

    /// <summary>Of how many tenants questions are here.</summary>
    public int TenantsHere => _shares.Count;

    /// <summary>Asks. Never throws.</summary>
    public async Task<OpaReply> AskAsync(TenantId tenant, string path, byte[] body)
    {
        var trial = 0;
        if (_failing.TryGetValue(tenant, out var breaker) && !breaker.MayTry(out trial))
        {
            return OpaReply.Unasked("the policy server failed several times in a row, and is not asked for a moment");
        }
        var reply = await AskInTurnAsync(tenant, path, body).ConfigureAwait(false);
        if (reply.IsOutage)
        {
            _failing.GetOrAdd(tenant, _ => new OpaBreaker(options.Failures, options.Pause, time)).Fail();
        }
        else if (reply.IsUnasked)
        {
            breaker?.GiveBack(trial);
        }
        else
        {
            _failing.TryRemove(tenant, out _);
        }
        return reply;
    }

    /// <summary>Ends the questions that are here.</summary>
    public void Dispose() => _stopping.Cancel();

    private async Task<OpaReply> AskInTurnAsync(TenantId tenant, string path, byte[] body)
    {
        if (_shares.Enter(tenant) is not { } share)
        {
            return OpaReply.Unasked("too many questions wait for the policy server");
        }
        try
        {
            return Interlocked.Increment(ref _here) > options.MostAtOnce * (WaitingForEach + 1)
                ? OpaReply.Unasked("too many questions wait for the policy server")
                : await AskInTurnAsync(share.Free, path, body).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _here);
            _shares.Leave(tenant, share);
        }
    }

    private async Task<OpaReply> AskInTurnAsync(SemaphoreSlim own, string path, byte[] body)
    {
        using var whole = new CancellationTokenSource(options.Timeout, clock);
        // So that the server has the other half: what it does not answer then is its own failure.
        using (var turn = new CancellationTokenSource(options.Timeout / 2, clock))
        using (var end = CancellationTokenSource.CreateLinkedTokenSource(turn.Token, _stopping.Token))
        {
            if (!await TakeTurnAsync(own, end.Token).ConfigureAwait(false))
            {
                return _stopping.IsCancellationRequested ? Stopping : OpaReply.Unasked("the policy server is busy: the question's turn did not come in time");
            }
        }
        try
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(whole.Token, _stopping.Token);
            var reply = await client.AskAsync(url, path, body, end.Token).ConfigureAwait(false);
            // What broke off by that says nothing of the server.
            return reply.Problem is not null && _stopping.IsCancellationRequested ? Stopping : reply;
        }
        catch (OperationCanceledException)
        {
            return _stopping.IsCancellationRequested ? Stopping : OpaReply.Failed("the policy server took too long", isOutage: true);
        }
        catch (ObjectDisposedException)
        {
            return Stopping;
        }
        finally
        {
            _free.Release();
            own.Release();
        }
    }

    private static OpaReply Stopping => OpaReply.Unasked("this server is stopping");

    // The tenant's own first: who waits for that keeps nobody else waiting.
    private async Task<bool> TakeTurnAsync(SemaphoreSlim own, CancellationToken end)
    {
        try
        {
            await own.WaitAsync(end).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        try
        {
            await _free.WaitAsync(end).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            own.Release();
            return false;
        }
    }
}
