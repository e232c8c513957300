using System.Globalization;

namespace AuthzCluster.Api.Transfer;

/// <summary>What a plain YAML scalar is, by the core schema.</summary>
internal static class YamlScalars
{
    /// <summary>The JSON text of a plain scalar that is no string; null: it is one.</summary>
    public static string? ToJson(string plain) => plain switch
    {
        "" or "~" or "null" or "Null" or "NULL" => "null",
        "true" or "True" or "TRUE" => "true",
        "false" or "False" or "FALSE" => "false",
        _ => IsJsonNumber(plain) ? plain : null,
    };

    /// <summary>
    /// Whether a plain scalar could be read as something else than a string by some YAML reader: numbers in any
    /// spelling, instants, the words of older versions. Such strings are written in quotes.
    /// </summary>
    public static bool IsAmbiguous(string text) =>
        ToJson(text) is not null || text[0] is '.' or '+' or '-' or '=' or '<' || char.IsAsciiDigit(text[0])
        || text.ToLowerInvariant() is "yes" or "no" or "on" or "off" or "y" or "n"
        || text.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0;

    private static bool IsJsonNumber(string text)
    {
        var digits = text.AsSpan(text.StartsWith('-') ? 1 : 0);
        return digits.Length > 0 && char.IsAsciiDigit(digits[0]) && (digits[0] != '0' || digits.Length == 1 || !char.IsAsciiDigit(digits[1]))
            && digits[^1] != '.' && !digits.Contains(".e", StringComparison.OrdinalIgnoreCase)
            && double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out _);
    }
}
