using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace AuthzCluster.Conformance.Hosting;

/// <summary>Keeps what is logged.</summary>
public sealed class LogProbe : ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Channel<string> _fresh = Channel.CreateUnbounded<string>();

    /// <summary>Every line so far.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Waits for a line, one that is there already or one to come.</summary>
    public async Task<string> SeenAsync(string part)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var line = await _fresh.Reader.ReadAsync(limit.Token);
            if (line.Contains(part, StringComparison.Ordinal))
            {
                return line;
            }
        }
    }

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _lines.Enqueue(formatter(state, exception));
        _fresh.Writer.TryWrite(formatter(state, exception));
    }

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;
}
