namespace AuthzCluster.Domain.Errors;

/// <summary>What is wrong with a text; null: nothing. Lengths are in Unicode code points.</summary>
internal static class TextRules
{
    public const int LongestId = 256, LongestName = 100;

    /// <summary>An id, of whatever it is: 1 to 256 characters that storage and paths can carry.</summary>
    public static string? IdProblem(string? text) => KeyProblem(text, LongestId);

    /// <summary>A role's name. It stands in paths too, so what is no id is no name.</summary>
    public static string? NameProblem(string? text) => KeyProblem(text, LongestName);

    /// <summary>The kind of a subject: it ends at the colon of <c>TYPE:ID</c>.</summary>
    public static string? TypeProblem(string? text) =>
        KeyProblem(text, LongestName) ?? (text!.Contains(':', StringComparison.Ordinal) ? "must not contain a colon" : null);

    /// <summary>Free text, or none.</summary>
    public static string? TextProblem(string? text, int longest) =>
        text is null ? null
        : IsLonger(text, longest) ? $"must have at most {longest} characters"
        : IsValid(text) ? null : "must be valid Unicode";

    /// <summary>Whether every surrogate has its pair: what has not cannot be written as UTF-8 and read back.</summary>
    public static bool IsValid(string text)
    {
        for (var i = text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff'); i >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                return false;
            }
            i++;
        }
        return true;
    }

    /// <summary>The start of a text, for a message.</summary>
    public static string Quote(string text) => text.Length <= 100 ? $"`{text}`" : $"`{text.AsSpan(0, 100)}…`";

    /// <summary>Text that names something.</summary>
    public static string? KeyProblem(string? text, int longest) =>
        string.IsNullOrWhiteSpace(text) ? "must not be blank"
        : IsLonger(text, longest) ? $"must have at most {longest} characters"
        : text is "." or ".." ? "must not be `.` or `..`"
        : HasControl(text) ? "must not contain control characters"
        : IsValid(text) ? null : "must be valid Unicode";

    private static bool IsLonger(string text, int longest) => text.Length > longest && text.EnumerateRunes().Count() > longest;

    private static bool HasControl(string text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c))
            {
                return true;
            }
        }
        return false;
    }
}
