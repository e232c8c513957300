using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>
/// Asks each silo four times a second whether it answers. One that did, and does not any more, is not called for a while: the client then ends its
/// connection, which it would keep for as long as that is open, to a silo that hangs or is cut off too. After that the silo has to be connected to
/// anew, for which it has to answer.
/// </summary>
/// <param name="ask">Asks one.</param>
/// <param name="time">The clock of pauses and patience.</param>
/// <param name="log">Is told of those that fall silent.</param>
internal sealed partial class SiloWatch(Func<Uri, Task> ask, TimeProvider time, ILogger<SiloWatch> log)
{
    /// <summary>Between an answer and the next question.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    /// <summary>How long an answer is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>How long one that fell silent is left alone.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Uri, Pulse> _pulses = new();
    private volatile IReadOnlyList<Uri> _found = [];

    /// <summary>Of silos those that may be called: all but the silent ones; all, where none is left. They are watched from now on, and no others.</summary>
    public IList<Uri> Callable(IReadOnlyList<Uri> found)
    {
        _found = found;
        List<Uri> callable = [.. found.Where(silo => !_pulses.TryGetValue(silo, out var pulse) || !pulse.IsSilent)];
        return callable.Count > 0 ? callable : [.. found];
    }

    /// <summary>Watches until <paramref name="stop"/>.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Pace, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            _ = LookAsync();
        }
    }

    /// <summary>Asks those whose turn it is; ends once each has answered or let it be.</summary>
    public Task LookAsync()
    {
        var found = _found;
        foreach (var gone in _pulses.Keys.Except(found))
        {
            _pulses.TryRemove(gone, out _);
        }
        return Task.WhenAll(found.Select(silo => (Silo: silo, Pulse: _pulses.GetOrAdd(silo, _ => new Pulse())))
            .Where(one => one.Pulse.Begin(time)).Select(one => AskAsync(one.Silo, one.Pulse)));
    }

    private async Task AskAsync(Uri silo, Pulse pulse)
    {
        var since = time.GetTimestamp();
        var answers = false;
        try
        {
            await ask(silo).WaitAsync(Patience, time);
            answers = true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Who was late to hear is no witness: it may be this process that stood still.
            answers = pulse.Answers && (LongCalls.Any || time.GetElapsedTime(since) > Patience * 1.5);
        }
        if (!answers && pulse.Answers)
        {
            LogSilent(silo.Host, silo.Port);
        }
        pulse.End(answers, time);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "the silo at {Host}:{Port} does not answer: others are called")]
    private partial void LogSilent(string host, int port);

    private sealed class Pulse
    {
        private int _isAsked;
        private long _since;
        private bool _rests;

        /// <summary>Whether it answered the last time.</summary>
        public bool Answers { get; private set; }

        /// <summary>Whether it did, and then did not, within the time of rest.</summary>
        public bool IsSilent { get; private set; }

        public bool Begin(TimeProvider time)
        {
            if ((_rests && time.GetElapsedTime(Volatile.Read(ref _since)) < Rest) || Interlocked.Exchange(ref _isAsked, 1) == 1)
            {
                return false;
            }
            IsSilent = false;
            return true;
        }

        public void End(bool answers, TimeProvider time)
        {
            (IsSilent, _rests, Answers) = (Answers && !answers, !answers, answers);
            Volatile.Write(ref _since, time.GetTimestamp());
            Volatile.Write(ref _isAsked, 0);
        }
    }
}
