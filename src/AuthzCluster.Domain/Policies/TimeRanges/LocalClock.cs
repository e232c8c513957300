namespace AuthzCluster.Domain.Policies.TimeRanges;

/// <summary>
/// What a clock on a wall of a time zone shows. Instants are UTC ticks of any year from 1 to 9999; nothing throws at either end, where a clock may show a
/// time of the year before or after.
/// </summary>
internal sealed class LocalClock(TimeZoneInfo zone)
{
    /// <summary>The last instant there is, whole microseconds.</summary>
    public const long Last = 3155378975999999990;

    private const int LongestId = 64;

    /// <summary>The clock of an IANA zone that this machine knows; null where the text names none.</summary>
    public static LocalClock? Find(string id) =>
        // The id becomes a file's name: nothing but names may reach that, nor those which come and go with what was asked before, in other letters.
        IsName(id) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.Id == id ? new LocalClock(zone) : null;

    /// <summary>What it shows, in ticks since a Monday 00:00.</summary>
    public long OfWeek(long now)
    {
        // The first day of all was a Monday.
        var shown = (now + OffsetAt(now)) % WeeklyHours.Week;
        return shown < 0 ? shown + WeeklyHours.Week : shown;
    }

    /// <summary>The first instant, in whole microseconds, after <paramref name="now"/> and until <paramref name="until"/> at which it is put forward or back; null: it is not.</summary>
    public long? NextShift(long now, long until)
    {
        var offset = OffsetAt(now);
        // Day by day: no zone was ever put forward and back again within one.
        for (var same = now; same < until;)
        {
            var probe = Math.Min(same + TimeSpan.TicksPerDay, until);
            if (OffsetAt(probe) != offset)
            {
                return Narrow(same, probe, offset);
            }
            same = probe;
        }
        return null;
    }

    private long Narrow(long same, long other, long offset)
    {
        while (other - same > TimeSpan.TicksPerMicrosecond)
        {
            var steps = (other - same) / TimeSpan.TicksPerMicrosecond / 2;
            var middle = same + (Math.Max(steps, 1) * TimeSpan.TicksPerMicrosecond);
            (same, other) = OffsetAt(middle) == offset ? (middle, other) : (same, middle);
        }
        return other;
    }

    private long OffsetAt(long now) => zone.GetUtcOffset(new DateTimeOffset(now, TimeSpan.Zero)).Ticks;

    private static bool IsName(string id)
    {
        var starts = true;
        foreach (var letter in id)
        {
            // Each part has a capital first, which keeps links such as localtime and trees such as right/ out.
            if (!(starts ? char.IsAsciiLetterUpper(letter) : char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '+' or '/'))
            {
                return false;
            }
            starts = letter == '/';
        }
        return !starts && id.Length <= LongestId;
    }
}
