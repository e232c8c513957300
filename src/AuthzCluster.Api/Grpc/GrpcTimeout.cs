using System.Globalization;

namespace AuthzCluster.Api.Grpc;

/// <summary>How long a caller waits: at most eight digits and a unit.</summary>
internal static class GrpcTimeout
{
    private const int MostDigits = 8;

    // What a timer can count; whoever waits longer waits without end.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    /// <summary>Reads one; at most 40 days.</summary>
    public static bool TryParse(string text, out TimeSpan timeout)
    {
        timeout = default;
        if (text.Length is < 2 or > MostDigits + 1 || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }
        var unit = text[^1] switch
        {
            'H' => TimeSpan.TicksPerHour,
            'M' => TimeSpan.TicksPerMinute,
            'S' => TimeSpan.TicksPerSecond,
            'm' => TimeSpan.TicksPerMillisecond,
            'u' => TimeSpan.TicksPerMicrosecond,
            'n' => 0,
            _ => -1,
        };
        if (unit < 0)
        {
            return false;
        }
        timeout = new TimeSpan(unit == 0 ? number / TimeSpan.NanosecondsPerTick : number * unit);
        timeout = timeout > Longest ? Longest : timeout;
        return true;
    }
}
