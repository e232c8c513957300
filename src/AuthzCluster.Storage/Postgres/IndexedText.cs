using System.Security.Cryptography;

namespace AuthzCluster.Storage.Postgres;

/// <summary>
/// Texts that stand in an index, where a row has room for about 2,600 bytes of UTF-8. Longer ones are cut, and a hash
/// keeps them apart.
/// </summary>
internal static class IndexedText
{
    /// <summary>The most bytes of an actor's key; of a name that is looked up; of a member, which is ordered by too.</summary>
    public const int KeyBytes = 2400, NameBytes = 600, MemberBytes = 1024;

    /// <summary>A text that is only ever looked up: the same for the same text, and for no other.</summary>
    public static string Fit(string text, int bytes = NameBytes)
    {
        if (text.Length <= bytes / 3)
        {
            return text;
        }

        var utf8 = StoredText.Utf8.GetBytes(text);
        // No id has a control character, so none looks like a text that was cut.
        return utf8.Length <= bytes
            ? text
            : $"{StoredText.Utf8.GetString(utf8, 0, CutAt(utf8, bytes - 65))}\u0001{Convert.ToHexStringLower(SHA256.HashData(utf8))}";
    }

    /// <summary>A text that is ordered by: its start, and what is left over with its hash; none for almost all.</summary>
    public static (string Start, string? Remainder, byte[] Tail) Split(string text)
    {
        if (text.Length <= MemberBytes / 3)
        {
            return (text, null, []);
        }

        var utf8 = StoredText.Utf8.GetBytes(text);
        if (utf8.Length <= MemberBytes)
        {
            return (text, null, []);
        }

        var cut = CutAt(utf8, MemberBytes);
        return (StoredText.Utf8.GetString(utf8, 0, cut), StoredText.Utf8.GetString(utf8, cut, utf8.Length - cut), SHA256.HashData(utf8.AsSpan(cut)));
    }

    private static int CutAt(byte[] utf8, int at)
    {
        while ((utf8[at] & 0xC0) == 0x80)
        {
            at--;
        }

        return at;
    }
}
