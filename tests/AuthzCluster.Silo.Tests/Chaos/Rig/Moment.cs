using System.Diagnostics;
using System.Globalization;

namespace AuthzCluster.Silo.Tests.Chaos.Rig;

/// <summary>Instants of this process, in the ticks of its monotonic clock: what is later here was later.</summary>
internal static class Moment
{
    private static readonly long Start = Stopwatch.GetTimestamp();

    public static long Now => Stopwatch.GetTimestamp();

    /// <summary>Seconds since the start.</summary>
    public static string AsText(this long moment) => Stopwatch.GetElapsedTime(Start, moment).TotalSeconds.ToString("f4", CultureInfo.InvariantCulture);

    public static TimeSpan Since(this long until, long from) => Stopwatch.GetElapsedTime(from, until);
}
