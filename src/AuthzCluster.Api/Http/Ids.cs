using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Api.Http;

/// <summary>The rule of ids: 1 to 256 characters, no control characters, and neither <c>.</c> nor <c>..</c>.</summary>
internal static class Ids
{
    private const int Longest = 256;

    /// <summary>What is wrong with an id; null: nothing.</summary>
    public static string? Fault(string? id)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            return "must not be blank";
        }
        if (id is "." or "..")
        {
            return "must not be `.` or `..`";
        }
        if (id.Length > Longest && id.EnumerateRunes().Count() > Longest)
        {
            return $"must have at most {Longest} characters";
        }
        foreach (var c in id)
        {
            if (char.IsControl(c))
            {
                return "must not have control characters";
            }
        }
        return null;
    }

    /// <summary>What is wrong with a subject's type; null: nothing. It has no colon, so that <c>TYPE:ID</c> reads one way only.</summary>
    public static string? TypeFault(string? type) =>
        Fault(type) ?? (type!.Contains(':', StringComparison.Ordinal) ? "must not have a colon" : null);

    /// <summary>Adds what is wrong with an id.</summary>
    public static void Check(string? id, string field, List<FieldError> errors)
    {
        if (Fault(id) is { } fault)
        {
            errors.Add(new FieldError(field, fault));
        }
    }
}
