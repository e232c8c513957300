using System.Globalization;

namespace AuthzCluster.Domain.Attributes;

/// <summary>Instants as callers write them: RFC 3339, read in UTC and cut to microseconds.</summary>
public static class InstantText
{
    private const int DateLength = 10, SecondsLength = 19, ShortestFraction = 1, LongestFraction = 30;

    /// <summary>Reads one; false where the text is none, or none that a date can hold.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset instant)
    {
        instant = default;
        if (text.Length <= SecondsLength || text[DateLength] is not ('T' or 't')
            || !DateOnly.TryParseExact(text[..DateLength], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            || !TimeOnly.TryParseExact(text[(DateLength + 1)..SecondsLength], "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return false;
        }
        var rest = text[SecondsLength..];
        return TryTakeFraction(ref rest, out var microseconds) && TryTakeOffset(rest, out var offset) && TryCombine(date.ToDateTime(time), microseconds, offset, out instant);
    }

    /// <summary>Writes one, given in UTC ticks.</summary>
    public static string Of(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    private static bool TryTakeFraction(ref ReadOnlySpan<char> rest, out int microseconds)
    {
        microseconds = 0;
        if (rest[0] != '.')
        {
            return true;
        }
        rest = rest[1..];
        var digits = 0;
        while (digits < rest.Length && char.IsAsciiDigit(rest[digits]))
        {
            digits++;
        }
        for (var i = 0; i < 6; i++)
        {
            microseconds = (microseconds * 10) + (i < digits ? rest[i] - '0' : 0);
        }
        rest = rest[digits..];
        return digits is >= ShortestFraction and <= LongestFraction;
    }

    private static bool TryTakeOffset(ReadOnlySpan<char> rest, out TimeSpan offset)
    {
        offset = default;
        if (rest is "Z" or "z")
        {
            return true;
        }
        if (rest.Length != 6 || rest[0] is not ('+' or '-') || rest[3] != ':'
            || !int.TryParse(rest[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(rest[4..], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || hours > 23 || minutes > 59)
        {
            return false;
        }
        offset = new TimeSpan(hours, minutes, 0) * (rest[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryCombine(DateTime local, int microseconds, TimeSpan offset, out DateTimeOffset instant)
    {
        var ticks = local.Ticks + (microseconds * TimeSpan.TicksPerMicrosecond) - offset.Ticks;
        var fits = ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;
        instant = fits ? new DateTimeOffset(ticks, TimeSpan.Zero) : default;
        return fits;
    }
}
