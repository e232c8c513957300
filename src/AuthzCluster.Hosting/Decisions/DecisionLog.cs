using System.Buffers;
using System.Threading.Channels;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Hosting.Background;

namespace AuthzCluster.Hosting.Decisions;

/// <summary>
/// Takes note of decisions in a bounded buffer, which one loop writes out. Who decides never waits: what finds the buffer full, or cannot be written, is dropped,
/// counted, and told in the log itself as soon as it can be.
/// </summary>
internal sealed class DecisionLog : IDecisionLog, IDisposable
{
    private const string Name = "writing the decision log";
    private const int FlushedAt = 64 * 1024;

    private readonly DecisionLogOptions _options;
    private readonly FaultLog _faults;
    private readonly TimeProvider _time;
    private readonly Channel<NotedDecision> _waiting;
    private long _seen, _dropped, _written, _untold;

    private DecisionLog(DecisionLogOptions options, FaultLog faults, TimeProvider time)
    {
        (_options, _faults, _time) = (options, faults, time);
        _waiting = Channel.CreateBounded<NotedDecision>(new BoundedChannelOptions(options.Buffer) { SingleReader = true });
        DecisionMeter.Add(this);
    }

    /// <summary>How many were written.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>How many were dropped.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>A log by its options; null: none is kept.</summary>
    public static DecisionLog? Of(DecisionLogOptions options, FaultLog faults, TimeProvider time) => options.Target is null ? null : new DecisionLog(options, faults, time);

    /// <inheritdoc/>
    public void Note(CompiledTenant tenant, AccessRequest request, in Decision decision, DateTimeOffset at)
    {
        switch (tenant.LogLevel ?? _options.Level)
        {
            case DecisionLogLevel.Off:
            case DecisionLogLevel.Sampled when (ulong)Interlocked.Increment(ref _seen) % (ulong)_options.OneOf != 0:
                return;
            default:
                if (!_waiting.Writer.TryWrite(new NotedDecision(tenant.Model.Id, request, decision, at, _time.GetUtcNow())))
                {
                    Drop(1);
                }
                return;
        }
    }

    /// <summary>Writes what comes, until <paramref name="stop"/>; then what waits.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var file = new DecisionFile(_options.Target!);
        var lines = new ArrayBufferWriter<byte>(FlushedAt * 2);
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(stop).ConfigureAwait(false))
            {
                await WriteAsync(file, lines).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await WriteAsync(file, lines).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => DecisionMeter.Remove(this);

    private async Task WriteAsync(DecisionFile file, ArrayBufferWriter<byte> lines)
    {
        var count = 0;
        while (_waiting.Reader.TryRead(out var noted))
        {
            DecisionLine.Write(lines, noted);
            count++;
            if (lines.WrittenCount >= FlushedAt)
            {
                await FlushAsync(file, lines, count).ConfigureAwait(false);
                count = 0;
            }
        }
        await FlushAsync(file, lines, count).ConfigureAwait(false);
    }

    private async Task FlushAsync(DecisionFile file, ArrayBufferWriter<byte> lines, int count)
    {
        var untold = Interlocked.Exchange(ref _untold, 0);
        if (untold > 0)
        {
            DecisionLine.WriteDropped(lines, untold, _time.GetUtcNow());
        }
        try
        {
            if (lines.WrittenCount > 0)
            {
                await file.WriteAsync(lines.WrittenMemory).ConfigureAwait(false);
                Interlocked.Add(ref _written, count);
                _faults.Works(Name);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Interlocked.Add(ref _untold, untold);
            Drop(count);
            _faults.Report(Name, e);
        }
        lines.ResetWrittenCount();
    }

    private void Drop(long count)
    {
        Interlocked.Add(ref _dropped, count);
        Interlocked.Add(ref _untold, count);
    }
}
