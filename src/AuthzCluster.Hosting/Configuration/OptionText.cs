using System.Globalization;

namespace AuthzCluster.Hosting.Configuration;

/// <summary>Reads the values of options. What is wrong with one is a <see cref="FormatException"/> that says what it must be.</summary>
public static class OptionText
{
    private const string TimeFormat = @"hh\:mm\:ss";
    private static readonly TimeSpan LongestTime = new(23, 59, 59);

    /// <summary>A text that is not blank.</summary>
    /// <param name="text">The value.</param>
    /// <param name="what">What it must be, for the message.</param>
    public static string NotBlank(string text, string what = "must not be blank") => string.IsNullOrWhiteSpace(text) ? throw new FormatException(what) : text;

    /// <summary>A whole number within bounds, both inclusive.</summary>
    public static int Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {least} to {most}"));

    /// <summary>A time of whole seconds, <c>hh:mm:ss</c>, of at least <paramref name="least"/> and at most a second less than a day, or <paramref name="most"/>.</summary>
    public static TimeSpan Time(string text, TimeSpan least, TimeSpan? most = null)
    {
        var longest = most ?? LongestTime;
        return TimeSpan.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, out var time) && time >= least && time <= longest
            ? time
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"must be hh:mm:ss, from {least:hh\\:mm\\:ss} to {longest:hh\\:mm\\:ss}"));
    }

    /// <summary>One or more items with commas between them, none of them empty.</summary>
    public static IReadOnlyList<string> List(string text)
    {
        var items = text.Split(',', StringSplitOptions.TrimEntries);
        return items.Any(string.IsNullOrEmpty) ? throw new FormatException("must be one or more, with commas between them") : items;
    }
}
