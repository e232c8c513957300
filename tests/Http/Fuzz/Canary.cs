using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Fuzz;

/// <summary>An honest caller beside the abuse: asks one question after the other, and must get the right answer each time.</summary>
internal sealed class Canary : IAsyncDisposable
{
    // Not how fast an answer must be: what takes so long is no answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _singing;
    private volatile TaskCompletionSource _next = New();
    private long _answers;

    public Canary(Uri url, string key, string tenant)
    {
        _http = new HttpClient { BaseAddress = url, Timeout = Patience };
        _http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        _singing = SingAsync(new ApiClient(_http, $"/tenants/{tenant}"));
    }

    public long Answers => Interlocked.Read(ref _answers);

    /// <summary>Waits until two more questions were answered: the second of them was asked after this was called.</summary>
    public async Task HearAsync()
    {
        for (var i = 0; i < 2; i++)
        {
            var next = _next.Task;
            await await Task.WhenAny(next, _singing);
            Assert.True(next.IsCompletedSuccessfully, "the honest caller is not answered any more");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _singing;
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task SingAsync(ApiClient api)
    {
        while (!_stop.IsCancellationRequested)
        {
            Assert.Equal("granted", await api.ReasonAsync("alice", "a:read"));
            Interlocked.Increment(ref _answers);
            Interlocked.Exchange(ref _next, New()).SetResult();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
