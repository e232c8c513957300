using AuthzCluster.Actors.Storage;
using AuthzCluster.Storage.Sqlite.Reading;

namespace AuthzCluster.Storage.Sqlite.Writing;

/// <summary>An actor's commit: every check first, then every row.</summary>
internal static class CommitWrites
{
    private const string ReadVersion = "SELECT version FROM actor WHERE key = ?";
    private const string Insert = "INSERT INTO actor (key, version, state) VALUES (?, 1, ?)";
    private const string Update = "UPDATE actor SET version = version + 1, state = ?2 WHERE key = ?1";
    private const string Delete = "DELETE FROM actor WHERE key = ?";
    private const string InsertOutbox = "INSERT INTO outbox (tenant, payload) VALUES (?, ?)";

    public static CommitOutcome Apply(WriteSession session, Commit commit, int maxStateBytes)
    {
        if (commit.Request is { } request && RequestReads.IsKept(session.Db, request))
        {
            return CommitOutcome.Repeated;
        }

        if (commit.State?.Length > maxStateBytes)
        {
            return CommitOutcome.TooLarge;
        }

        if (StoredVersion(session, commit.Key) != commit.ExpectedVersion)
        {
            return CommitOutcome.VersionConflict;
        }

        foreach (var row in commit.Requires)
        {
            if (!session.HasRow(row))
            {
                return CommitOutcome.RequirementMissing;
            }
        }

        foreach (var key in commit.Vacant)
        {
            if (session.HasLiveRow(key))
            {
                return CommitOutcome.Occupied;
            }
        }

        WriteState(session, commit);
        foreach (var row in commit.Removes)
        {
            session.RemoveRow(row);
        }

        foreach (var row in commit.Adds)
        {
            session.AddRow(row);
        }

        foreach (var row in commit.Outbox)
        {
            session.Db.Use(InsertOutbox).Text(row.Tenant.Value).Blob(row.Payload).Run();
        }

        if (commit.Request is { } mark)
        {
            RequestWrites.Add(session, mark);
        }

        return CommitOutcome.Committed;
    }

    private static long StoredVersion(WriteSession session, ActorKey key)
    {
        using var read = session.Db.Use(ReadVersion).Text(key.Value);
        return read.Step() ? read.NumberAt(0) : 0;
    }

    private static void WriteState(WriteSession session, Commit commit)
    {
        if (commit.State is { } state)
        {
            session.Db.Use(commit.ExpectedVersion == 0 ? Insert : Update).Text(commit.Key.Value).Blob(state).Run();
        }
        else if (commit.ExpectedVersion > 0)
        {
            session.Db.Use(Delete).Text(commit.Key.Value).Run();
        }
    }
}
