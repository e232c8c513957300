using System.Collections.Concurrent;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Storage.Sqlite.Native;
using AuthzCluster.Storage.Sqlite.Opening;

namespace AuthzCluster.Storage.Sqlite.Writing;

/// <summary>
/// The one writer, on a thread of its own. What waits is committed together: one transaction, one fsync, then all are
/// answered. After a failure its connection is thrown away; the next group, or a probe, opens another.
/// </summary>
internal sealed class Writer : IDisposable
{
    private const int GroupLimit = 512, GroupBytes = 16 << 20, CheckpointPages = 16384;

    private readonly BlockingCollection<WriteOperation> _queue = [];
    private readonly List<WriteOperation> _group = [];
    private readonly Database _database;
    private readonly TimeSpan _probeInterval;
    private readonly Thread _thread;
    private Db? _db;
    private int _pagesInLog;
    private long _transactions;
    private volatile string? _writeProblem;
    private volatile string? _checkpointProblem;

    public Writer(Database database, TimeSpan probeInterval)
    {
        (_database, _probeInterval) = (database, probeInterval);
        _db = database.OpenWriter();
        _thread = new Thread(Run) { Name = "sqlite-writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>How many transactions were committed.</summary>
    public long Transactions => Interlocked.Read(ref _transactions);

    /// <summary>Why the last write failed; null: it did not.</summary>
    public string? Problem => _writeProblem ?? _checkpointProblem;

    public Task<T> RunAsync<T>(Func<WriteSession, T> run, int bytes = 0)
    {
        var operation = new WriteOperation<T>(run, bytes);
        try
        {
            _queue.Add(operation);
        }
        catch (Exception e) when (e is InvalidOperationException or ObjectDisposedException)
        {
            throw new StoreUnavailableException("The store is closed.", isOutcomeKnown: true);
        }

        return operation.Task;
    }

    /// <summary>Takes no more, finishes what waits, and closes.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
        _db?.Dispose();
    }

    private void Run()
    {
        while (!_queue.IsCompleted)
        {
            Gather();
            Commit();
            _group.Clear();
        }
    }

    private void Gather()
    {
        var patience = _writeProblem is null ? Timeout.InfiniteTimeSpan : _probeInterval;
        long bytes = 0;
        while (_group.Count < GroupLimit && bytes < GroupBytes && _queue.TryTake(out var next, patience))
        {
            _group.Add(next);
            bytes += next.Bytes;
            patience = TimeSpan.Zero;
        }

        if (_group.Count == 0 && !_queue.IsCompleted)
        {
            _group.Add(new WriteOperation<bool>(Probe, 0));
        }
    }

    private void Commit()
    {
        var committing = false;
        try
        {
            _db ??= _database.OpenWriter();
            _db.Execute("BEGIN IMMEDIATE");
            var session = new WriteSession(_db);
            foreach (var operation in _group)
            {
                operation.Apply(session);
            }

            session.WriteTallies();
            committing = true;
            _db.Execute("COMMIT");
        }
        catch (Exception cause)
        {
            var isUndone = (!committing || cause is SqliteFailure { CommitIsCertainlyUndone: true }) & Abandon();
            _writeProblem = $"The last write failed: {cause.Message}";
            _group.ForEach(operation => operation.Fail(new StoreUnavailableException(_writeProblem, isUndone, cause)));
            return;
        }

        Interlocked.Increment(ref _transactions);
        _writeProblem = null;
        _group.ForEach(operation => operation.Complete());
        Checkpoint(_db);
    }

    /// <summary>Undoes what is open and drops the connection; whether it is certain that nothing is open any more.</summary>
    private bool Abandon()
    {
        var db = Interlocked.Exchange(ref _db, null);
        try
        {
            if (db is { IsInTransaction: true })
            {
                db.Execute("ROLLBACK");
            }

            return db is not { IsInTransaction: true };
        }
        catch (SqliteFailure)
        {
            return false;
        }
        finally
        {
            db?.Dispose();
        }
    }

    // After the answers: nobody waits for the log to be copied but the next group.
    private void Checkpoint(Db db)
    {
        try
        {
            _pagesInLog += db.TakePagesWritten();
            if (_pagesInLog >= CheckpointPages)
            {
                _pagesInLog = 0;
                db.Checkpoint(truncate: false);
                _checkpointProblem = null;
            }
        }
        catch (SqliteFailure failure)
        {
            _checkpointProblem = $"The log could not be copied into the database: {failure.Message}";
        }
    }

    // A real write that changes nothing.
    private static bool Probe(WriteSession session)
    {
        session.Db.Execute($"PRAGMA application_id = {Database.ApplicationId}");
        return true;
    }
}
