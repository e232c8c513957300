using AuthzCluster.Http.Tests.Support;
using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Api.Credentials;
using AuthzCluster.Domain.Errors;
using Microsoft.Extensions.Logging;

namespace AuthzCluster.Server.Tests.Support;

/// <summary>A reader of tokens whose clock stands still, and what it logs.</summary>
internal sealed class JwtProbe : ILogger<JwtReader>, IDisposable
{
    private readonly JwtReader _reader;

    public JwtProbe(JwtOptions options) => _reader = new JwtReader(options, Time, this);

    public static DateTimeOffset Start { get; } = new(2026, 7, 1, 8, 0, 0, TimeSpan.Zero);

    public ManualTimeProvider Time { get; } = new(Start);

    /// <summary>All that was logged, exceptions with it.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>The claims of a good token of alice in acme.</summary>
    public static JsonObject Claims() => TestIssuer.Claims("alice", Start, "acme");

    public bool Reads(string token) => _reader.Reads(token);

    public ValueTask<Result<Credential?>> ReadAsync(string token) => _reader.ReadAsync(token);

    /// <summary>Holds the token to be taken.</summary>
    public async Task<Credential> TakesAsync(string token)
    {
        var result = await ReadAsync(token);
        Assert.True(result.IsOk, result.Error?.Detail);
        return Assert.IsType<Credential>(result.Value);
    }

    /// <summary>Holds the token to be refused as nobody's.</summary>
    public async Task RefusesAsync(string token)
    {
        var result = await ReadAsync(token);
        Assert.Null(result.Error);
        Assert.Null(result.Value);
    }

    /// <summary>Holds the token to be neither taken nor refused.</summary>
    public async Task CannotTellAsync(string token) => Assert.Equal(ErrorCode.Unavailable, (await ReadAsync(token)).Error?.Code);

    public void Dispose() => _reader.Dispose();

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Log.Enqueue($"{formatter(state, exception)} {exception}");

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;
}
