using System.Text;

namespace AuthzCluster.Storage.Sqlite;

/// <summary>Text as the database has it: UTF-8. A lone surrogate has none, and replacing it would make two ids one.</summary>
internal static class StoredText
{
    public static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Refuses at the door what would otherwise fail inside a group of writes and take its neighbours with it.</summary>
    /// <exception cref="ArgumentException">It is no valid UTF-16.</exception>
    public static void Check(string text)
    {
        if (!Ascii.IsValid(text))
        {
            Utf8.GetByteCount(text);
        }
    }
}
