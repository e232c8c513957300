using SQLitePCL;

namespace AuthzCluster.Storage.Sqlite.Native;

/// <summary>
/// A prepared statement, bound from the first parameter on, stepped, and made ready for its next use by
/// <see cref="Dispose"/>. It belongs to its <see cref="Db"/>, which closes it.
/// </summary>
internal sealed class Statement(Db db, sqlite3_stmt handle) : IDisposable
{
    private int _bound;

    /// <summary>Begins a use; the one before may have failed half bound.</summary>
    public Statement Begin()
    {
        _bound = 0;
        return this;
    }

    public Statement Text(string value)
    {
        if (value.Length == 0)
        {
            return Check(raw.sqlite3_bind_text(handle, ++_bound, ""));
        }

        Span<byte> buffer = stackalloc byte[512];
        var bytes = value.Length <= 170 ? buffer[..StoredText.Utf8.GetBytes(value, buffer)] : StoredText.Utf8.GetBytes(value);
        return Check(raw.sqlite3_bind_text(handle, ++_bound, bytes));
    }

    public Statement Blob(byte[] value) => Check(value.Length == 0
        ? raw.sqlite3_bind_zeroblob(handle, ++_bound, 0)
        : raw.sqlite3_bind_blob(handle, ++_bound, value));

    public Statement Number(long value) => Check(raw.sqlite3_bind_int64(handle, ++_bound, value));

    public Statement Instant(DateTimeOffset? value) => value is { } instant
        ? Number(Instants.ToMicroseconds(instant))
        : Check(raw.sqlite3_bind_null(handle, ++_bound));

    /// <summary>Goes to the next row; false: there is none.</summary>
    public bool Step() => raw.sqlite3_step(handle) switch
    {
        raw.SQLITE_ROW => true,
        raw.SQLITE_DONE => false,
        _ => throw db.Failure(),
    };

    /// <summary>Runs a statement that yields no rows, and says how many rows it changed.</summary>
    public int Run()
    {
        using (this)
        {
            Step();
            return db.Changes;
        }
    }

    public long NumberAt(int column) => raw.sqlite3_column_int64(handle, column);

    // Not sqlite3_column_text: what it gives ends at a NUL.
    public string TextAt(int column) => StoredText.Utf8.GetString(raw.sqlite3_column_blob(handle, column));

    public byte[] BlobAt(int column) => raw.sqlite3_column_blob(handle, column).ToArray();

    public DateTimeOffset? InstantAt(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL
        ? null
        : Instants.FromMicroseconds(NumberAt(column));

    public void Dispose()
    {
        // It answers the error of the last step, which was thrown already.
        raw.sqlite3_reset(handle);
        raw.sqlite3_clear_bindings(handle);
    }

    public void Close() => handle.Dispose();

    private Statement Check(int code) => code == raw.SQLITE_OK ? this : throw db.Failure();
}
