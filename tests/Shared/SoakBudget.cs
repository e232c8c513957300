using System.Diagnostics;
using System.Globalization;

namespace AuthzCluster.Testing;

/// <summary>How long a test that could run for ever does: a fixed number of rounds, or AUTHZ_SOAK_MINUTES.</summary>
internal sealed class SoakBudget(int rounds)
{
    private static readonly double? Minutes =
        double.TryParse(Environment.GetEnvironmentVariable("AUTHZ_SOAK_MINUTES"), CultureInfo.InvariantCulture, out var minutes) ? minutes : null;

    /// <summary>Whether it is told by minutes.</summary>
    public static bool IsSet => Minutes is not null;

    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Where a soak starts to count, so that each run meets other seeds.</summary>
    public static int FirstSeed { get; } = Minutes is null ? 0 : Environment.TickCount & 0x3FFFFFFF;

    /// <summary>Whether round number <paramref name="round"/> (from 0) is still to be run.</summary>
    public bool Allows(int round) => Minutes is { } minutes ? Stopwatch.GetElapsedTime(_start).TotalMinutes < minutes : round < rounds;
}
