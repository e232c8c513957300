using System.Globalization;

namespace AuthzCluster.Domain.Attributes;

/// <summary>Reads the numbers that a decimal holds to the last digit, and no others: a decimal rounds in silence.</summary>
internal static class ExactNumber
{
    // A text no longer than this and without an exponent has no more digits than a decimal holds.
    private const int ShortText = 28;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static bool TryParse(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.Float, Culture, out number)
        && ((text.Length <= ShortText && !text.AsSpan().ContainsAny('e', 'E')) || Split(text) == Split(number.ToString(Culture)));

    // The digits without zeros at either end, and the power of ten of the last of them.
    private static (string Digits, int Power) Split(string text)
    {
        var end = text.AsSpan().IndexOfAny('e', 'E');
        var mantissa = (end < 0 ? text : text[..end]).Trim().TrimStart('-', '+');
        var exponent = 0;
        if (end >= 0 && !int.TryParse(text.AsSpan(end + 1), NumberStyles.Float, Culture, out exponent))
        {
            // So large or small that no decimal has it, unless it is 0.
            exponent = int.MinValue / 2;
        }
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var fraction = point < 0 ? 0 : mantissa.Length - point - 1;
        var digits = (point < 0 ? mantissa : mantissa.Remove(point, 1)).TrimStart('0');
        var significant = digits.TrimEnd('0');
        return significant.Length == 0 ? ("", 0) : (significant, exponent - fraction + digits.Length - significant.Length);
    }
}
