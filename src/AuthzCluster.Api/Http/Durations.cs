using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Api.Http;

/// <summary>Lengths of time as callers write them: ISO 8601, such as <c>PT8H</c> or <c>P1DT30M</c>. Years and months have no length of their own and are not taken.</summary>
internal static partial class Durations
{
    /// <summary>What is said of a text that is none.</summary>
    public const string Rule = "must be an ISO 8601 duration such as PT8H or P1D, without years and months";

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (Form().Match(text) is not { Success: true } match)
        {
            return false;
        }
        double Of(string unit) => match.Groups[unit] is { Success: true, Value: var digits } ? double.Parse(digits, CultureInfo.InvariantCulture) : 0;
        duration = TimeSpan.FromDays((Of("w") * 7) + Of("d")) + TimeSpan.FromHours(Of("h")) + TimeSpan.FromMinutes(Of("m")) + TimeSpan.FromSeconds(Of("s"));
        return true;
    }

    /// <summary>The length that a text says; null where there is none. Adds what is wrong with it.</summary>
    public static TimeSpan? Read(string? text, string field, List<FieldError> errors)
    {
        if (text is null)
        {
            return null;
        }
        if (!TryParse(text, out var duration))
        {
            errors.Add(new FieldError(field, Rule));
            return null;
        }
        return duration;
    }

    /// <summary>As callers write it; null where there is none.</summary>
    public static string? Format(TimeSpan? duration) => duration is { } length ? XmlConvert.ToString(length) : null;

    // At most six digits each: no sum of them is out of range.
    [GeneratedRegex(@"^P(?=[0-9T])(?:(?<w>[0-9]{1,6})W)?(?:(?<d>[0-9]{1,6})D)?(?:T(?=[0-9])(?:(?<h>[0-9]{1,6})H)?(?:(?<m>[0-9]{1,6})M)?(?:(?<s>[0-9]{1,6}(?:\.[0-9]{1,6})?)S)?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
