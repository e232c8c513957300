using System.Collections.Concurrent;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Storage.Sqlite.Native;
using AuthzCluster.Storage.Sqlite.Opening;

namespace AuthzCluster.Storage.Sqlite.Reading;

/// <summary>
/// A few connections to read with, lent for one read each. A statement begins on the newest committed state, so a read
/// sees every commit that was answered before. One that failed is thrown away; the next read opens another.
/// </summary>
internal sealed class ReadPool(Database database, int size) : IDisposable
{
    private readonly SemaphoreSlim _free = new(size);
    private readonly ConcurrentBag<Db> _idle = [];
    private volatile bool _isClosed;

    /// <summary>Runs a read on the caller's thread; waits only for its turn.</summary>
    public ValueTask<T> RunAsync<T>(Func<Db, T> read) => _free.Wait(0) ? new(Run(read)) : WaitAndRunAsync(read);

    /// <summary>Waits for the reads that run, then closes.</summary>
    public void Dispose()
    {
        _isClosed = true;
        for (var i = 0; i < size; i++)
        {
            _free.Wait();
        }

        foreach (var db in _idle)
        {
            db.Dispose();
        }

        // Those that still wait find it closed.
        _free.Release(size);
    }

    private async ValueTask<T> WaitAndRunAsync<T>(Func<Db, T> read)
    {
        await _free.WaitAsync().ConfigureAwait(false);
        return Run(read);
    }

    private T Run<T>(Func<Db, T> read)
    {
        Db? db = null;
        try
        {
            db = Take();
            return read(db);
        }
        catch (SqliteFailure failure)
        {
            db?.Dispose();
            db = null;
            throw new StoreUnavailableException($"A read failed: {failure.Message}", isOutcomeKnown: true, failure);
        }
        finally
        {
            if (db is not null)
            {
                _idle.Add(db);
            }

            _free.Release();
        }
    }

    private Db Take()
    {
        if (_isClosed)
        {
            throw new StoreUnavailableException("The store is closed.", isOutcomeKnown: true);
        }

        return _idle.TryTake(out var idle) ? idle : database.OpenReader();
    }
}
