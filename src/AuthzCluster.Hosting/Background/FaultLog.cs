using System.Collections.Concurrent;
using System.Diagnostics;
using AuthzCluster.Actors.Ports;
using Microsoft.Extensions.Logging;

namespace AuthzCluster.Hosting.Background;

/// <summary>
/// What keeps failing inside: logged when it begins and when it fails in another way, and counted until it works again
/// or was not heard of for a while.
/// </summary>
public sealed partial class FaultLog(ILogger log, TimeProvider time) : IFaultLog
{
    private const int MostKept = 1000;
    private static readonly TimeSpan Counts = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Fault> _faults = new(StringComparer.Ordinal);

    /// <summary>How much keeps failing, in one line that names nobody; null: nothing.</summary>
    public string? Problem =>
        _faults.IsEmpty || _faults.Count(IsShown) is not (> 0 and var count) ? null
        : count == 1 ? "something keeps failing in the background; the log says what" : $"{count} things keep failing in the background; the log says what";

    /// <inheritdoc/>
    public void Report(string what, Exception cause) => Report(what, $"{cause.GetType().Name}: {cause.Message}", cause);

    /// <summary>Something does not work, for a known reason.</summary>
    public void Report(string what, string why, Exception? cause = null)
    {
        var isKnown = _faults.TryGetValue(what, out var known) && known.Why == why && IsRecent(known);
        if (!isKnown)
        {
            // Of many that fail alike, the first one's.
            LogFault(cause, what, Activity.Current is { } activity ? $"{why} (trace {activity.TraceId.ToHexString()})" : why);
            MakeRoom();
        }
        _faults[what] = new Fault(why, time.GetTimestamp());
    }

    /// <summary>It works.</summary>
    public void Works(string what)
    {
        if (!_faults.IsEmpty && _faults.TryRemove(what, out _))
        {
            LogWorks(what);
        }
    }

    // Of writes health tells by itself, and knows sooner when they work again.
    private bool IsShown(KeyValuePair<string, Fault> fault) => fault.Key != NodeStore.Name && IsRecent(fault.Value);

    private bool IsRecent(Fault fault) => time.GetElapsedTime(fault.At) < Counts;

    private void MakeRoom()
    {
        if (_faults.Count >= MostKept && _faults.MinBy(fault => fault.Value.At) is { Key: { } oldest })
        {
            _faults.TryRemove(oldest, out _);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{What} fails and is tried again: {Why}")]
    private partial void LogFault(Exception? cause, string what, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{What} works again")]
    private partial void LogWorks(string what);

    private sealed record Fault(string Why, long At);
}
