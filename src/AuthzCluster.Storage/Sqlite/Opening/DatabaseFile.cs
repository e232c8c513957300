using System.Buffers.Binary;

namespace AuthzCluster.Storage.Sqlite.Opening;

/// <summary>
/// What can be seen of damage from outside, before SQLite opens the file: SQLite takes an empty file for a new database,
/// and notices that the end is missing only when it gets there.
/// </summary>
internal static class DatabaseFile
{
    private const int HeaderLength = 100, PageSizeOffset = 16, PageCountOffset = 28;

    /// <summary>Whether the database is there, and looks whole.</summary>
    public static bool Exists(string path)
    {
        var file = new FileInfo(path);
        var log = new FileInfo(path + "-wal");
        if (!file.Exists)
        {
            return log is not { Exists: true, Length: > 0 }
                ? false
                : throw Damaged(path, $"it is missing, but its log '{log.Name}' is there");
        }

        var header = new byte[HeaderLength];
        using (var stream = file.OpenRead())
        {
            if (stream.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength
                || !header.AsSpan().StartsWith("SQLite format 3\0"u8))
            {
                throw Damaged(path, "it is no SQLite database");
            }
        }

        // With a log, a crash in the middle of a checkpoint may rightly have left a short file.
        if (log is not { Exists: true, Length: > 0 })
        {
            int pageSize = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(PageSizeOffset));
            CheckLength(path, BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(PageCountOffset)), pageSize == 1 ? 65536 : pageSize);
        }

        return true;
    }

    /// <summary>Refuses a file that is shorter than its pages.</summary>
    public static void CheckLength(string path, long pages, long pageSize)
    {
        if (new FileInfo(path).Length < pages * pageSize)
        {
            throw Damaged(path, "its end is missing");
        }
    }

    public static StoreRefusedException Damaged(string path, string what, Exception? inner = null) => new(
        $"The database '{path}' is damaged: {what}. Nothing was changed; put a backup in its place, "
        + "or save what can be read with: sqlite3 authz.db .recover", inner);
}
