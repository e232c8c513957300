using System.Text;

namespace AuthzCluster.Storage;

/// <summary>
/// Text as a database has it: UTF-8. A lone surrogate has none, and replacing it would make two ids one; a NUL is the end
/// of a text for some.
/// </summary>
internal static class StoredText
{
    public static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Refuses at the door what would otherwise fail inside a group of writes and take its neighbours with it.</summary>
    /// <exception cref="ArgumentException">It is no valid UTF-16, or has a NUL.</exception>
    public static void Check(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("A text has a NUL.", nameof(text));
        }

        if (!Ascii.IsValid(text))
        {
            Utf8.GetByteCount(text);
        }
    }
}
