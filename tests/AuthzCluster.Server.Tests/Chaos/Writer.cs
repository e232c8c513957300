using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Server.Tests.Chaos;

/// <summary>One of those that write at once: one request after the other, about facts that nobody else changes, until the server is gone.</summary>
internal abstract class Writer(string name, ApiClient api, Ledger ledger, Random random)
{
    private int _requests;

    protected ApiClient Api { get; } = api;

    protected Ledger Ledger { get; } = ledger;

    protected Random Random { get; } = random;

    /// <summary>Writes until the connection breaks.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await StepAsync();
            }
        }
        catch (HttpRequestException)
        {
        }
    }

    protected abstract Task StepAsync();

    protected Task<bool> SendAsync(string method, string path, object? body, params (string Fact, string Value)[] facts) =>
        SendAsync(method, path, body, new ChaosWrite(NewId(), facts.ToDictionary(fact => fact.Fact, fact => fact.Value)));

    /// <summary>Sends a write; false: it was refused with 409.</summary>
    protected async Task<bool> SendAsync(string method, string path, object? body, ChaosWrite write)
    {
        Ledger.Begin(write);
        var reply = await Api.SendAsync(method, path, body, ("X-Request-Id", write.RequestId));
        if (reply.Status == 409 && write.Deletes is not null)
        {
            Ledger.Refuse(write);
            return false;
        }
        Assert.True(reply.Status is 200 or 201 or 204, $"{method} {path}: {reply.Status} {reply.Text}");
        Assert.False(reply.Status == 200 && reply.Json.TryGetProperty("failed", out var failed) && failed.GetInt32() > 0, reply.Text);
        Ledger.Acknowledge(write);
        return true;
    }

    protected string NewId() => $"{name}-{_requests++}-{Guid.NewGuid():n}";
}
