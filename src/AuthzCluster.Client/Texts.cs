using System.Security.Cryptography;

namespace AuthzCluster.Client;

/// <summary>
/// The rules of ids and keys, held here before anything is sent: <c>..</c> or nothing as a segment of a path would make it
/// another path, and half a character would become another id on its way.
/// </summary>
internal static class Texts
{
    private const int LongestId = 256, LongestKey = 255, NewKey = 32;

    /// <summary>What is wrong with an id; null: nothing.</summary>
    public static string? IdFault(string? id)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            return "must not be blank";
        }
        if (id is "." or "..")
        {
            return "must not be `.` or `..`";
        }
        if (id.Length > LongestId && id.EnumerateRunes().Count() > LongestId)
        {
            return $"must have at most {LongestId} characters";
        }
        return id.Any(char.IsControl) ? "must not have control characters" : IsWellFormed(id) ? null : "has half of a character";
    }

    /// <summary>The id, or an exception that names <paramref name="field"/>.</summary>
    public static string Id(string? id, string field) => IdFault(id) is { } fault ? throw ValidationFailedException.Of(field, fault) : id!;

    /// <summary>The principal, if it is one.</summary>
    public static Principal Check(Principal principal)
    {
        Id(principal.Id, "principal.id");
        return Id(principal.Type, "principal.type").Contains(':', StringComparison.Ordinal)
            ? throw ValidationFailedException.Of("principal.type", "must not have a colon") : principal;
    }

    /// <summary>The caller's key, if it is one; null: a new one.</summary>
    public static string IdempotencyKey(string? key) =>
        key is null ? RandomNumberGenerator.GetHexString(NewKey, lowercase: true)
        : key.Length <= LongestKey && IsVisibleAscii(key) ? key
        : throw ValidationFailedException.Of("idempotency_key", $"must be 1 to {LongestKey} visible ASCII characters");

    /// <summary>Whether it is a text of visible ASCII characters, and not empty.</summary>
    public static bool IsVisibleAscii(string text) => text.Length > 0 && text.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0;

    /// <summary>One segment of a path.</summary>
    public static string Segment(string? id, string field) => Uri.EscapeDataString(Id(id, field));

    /// <summary><c>principals/TYPE/ID</c>.</summary>
    public static string Path(Principal principal)
    {
        Check(principal);
        return $"principals/{Uri.EscapeDataString(principal.Type)}/{Uri.EscapeDataString(principal.Id)}";
    }

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
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
}
