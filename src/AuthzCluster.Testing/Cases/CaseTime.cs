using System.Globalization;
using System.Text.RegularExpressions;

namespace AuthzCluster.Testing.Cases;

/// <summary>Instants of a case: RFC 3339 with a zone, or <c>now</c>, <c>now+1h</c>, <c>now-1us</c> (us, ms, s, m, h, d).</summary>
internal static partial class CaseTime
{
    public static bool TryParse(string text, DateTimeOffset now, out DateTimeOffset time)
    {
        if (Relative().Match(text) is { Success: true } match)
        {
            time = now + (match.Groups["sign"].Value == "-" ? -1 : 1) * Span(match);
            return true;
        }
        time = default;
        return Absolute().IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out time);
    }

    public static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    private static TimeSpan Span(Match match)
    {
        var count = match.Groups["count"].Success ? long.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture) : 0;
        return match.Groups["unit"].Value switch
        {
            "us" => TimeSpan.FromMicroseconds(count),
            "ms" => TimeSpan.FromMilliseconds(count),
            "s" => TimeSpan.FromSeconds(count),
            "m" => TimeSpan.FromMinutes(count),
            "h" => TimeSpan.FromHours(count),
            _ => TimeSpan.FromDays(count),
        };
    }

    [GeneratedRegex("^now((?<sign>[+-])(?<count>[0-9]{1,9})(?<unit>us|ms|s|m|h|d))?$")]
    private static partial Regex Relative();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex Absolute();
}
