using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Serving;

/// <summary>Whether the process is about to stop: it still answers, and has everybody go elsewhere.</summary>
public sealed class Drain : IDisposable
{
    private readonly CancellationTokenSource _hurry = new(), _ending = new();
    private volatile bool _hasBegun;

    /// <summary>Whether it is.</summary>
    public bool HasBegun => _hasBegun;

    /// <summary>Cancelled when no further connection is taken: what goes on without an end of its own ends.</summary>
    public CancellationToken Ending => _ending.Token;

    /// <summary>Cancelled when nobody is to be waited for any longer.</summary>
    public CancellationToken Hurried => _hurry.Token;

    /// <summary>From here on it is.</summary>
    public void Begin() => _hasBegun = true;

    /// <summary>From here on nothing goes on without an end.</summary>
    public void End() => _ending.Cancel();

    /// <summary>From here on nobody is waited for.</summary>
    public void Hurry() => _hurry.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        _hurry.Dispose();
        _ending.Dispose();
    }

    /// <summary>Has the connection of a request closed behind its answer, where the process is about to stop.</summary>
    internal void Tell(HttpContext http)
    {
        if (_hasBegun && !http.Response.HasStarted)
        {
            http.Response.Headers.Connection = "close";
        }
    }
}
