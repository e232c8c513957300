using System.Globalization;

namespace AuthzCluster.Silo.Tests.Chaos.Rig;

/// <summary>What was seen while a fault was struck, under way, healed and overcome.</summary>
/// <param name="name">The fault.</param>
internal sealed class FaultReport(string name)
{
    public const string Header =
        "| fault | times | writes | checks | refusals | longest without an acknowledged write | longest write | longest without an answered check: any "
        + "| of one subject, by gateways | of one subject, by one way | stale allows | stale denials |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|";

    private int _times, _writes, _checks, _refusals, _staleAllows, _staleDenials;

    public string Name => name;

    public int Violations => _staleAllows + _staleDenials;

    /// <summary>Longest without an acknowledged write though some were under way; by whichever writer.</summary>
    public Longest NoWrite { get; } = new();

    /// <summary>From when a write was first sent to its first answer.</summary>
    public Longest Write { get; } = new();

    /// <summary>Longest without an answered check though some were under way; about whomever, by any way.</summary>
    public Longest NoCheck { get; } = new();

    /// <summary>The same for the subject that fared worst, asked about by way of the gateways.</summary>
    public Longest NoCheckOfSubject { get; } = new();

    /// <summary>The same for the subject and the way that fared worst: the way may be one to a silo that is gone, and somebody asks there again after seconds only.</summary>
    public Longest NoCheckOfSubjectByWay { get; } = new();

    public void CountTime() => Interlocked.Increment(ref _times);

    public void CountWrite() => Interlocked.Increment(ref _writes);

    public void CountCheck() => Interlocked.Increment(ref _checks);

    public void CountRefusal() => Interlocked.Increment(ref _refusals);

    public void CountViolation(bool isAllow) => Interlocked.Increment(ref isAllow ? ref _staleAllows : ref _staleDenials);

    public override string ToString() =>
        $"| {name} | {_times} | {_writes} | {_checks} | {_refusals} | {NoWrite} | {Write} | {NoCheck} | {NoCheckOfSubject} | {NoCheckOfSubjectByWay} | {_staleAllows} | {_staleDenials} |";

    /// <summary>The longest of several times.</summary>
    internal sealed class Longest
    {
        private long _ticks;

        public void Take(TimeSpan time)
        {
            for (var seen = Volatile.Read(ref _ticks); time.Ticks > seen; seen = Volatile.Read(ref _ticks))
            {
                Interlocked.CompareExchange(ref _ticks, time.Ticks, seen);
            }
        }

        public override string ToString() => new TimeSpan(Volatile.Read(ref _ticks)).TotalSeconds.ToString("f1", CultureInfo.InvariantCulture) + " s";
    }
}
