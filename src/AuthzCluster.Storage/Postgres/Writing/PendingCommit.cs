using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Storage.Postgres.Writing;

/// <summary>A commit that waits for its outcome.</summary>
internal sealed class PendingCommit(Commit commit)
{
    // Continuations run elsewhere: the writer has the next group to commit.
    private readonly TaskCompletionSource<CommitOutcome> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Commit Commit { get; } = commit;

    /// <summary>About how much it writes.</summary>
    public int Bytes { get; } = (commit.State?.Length ?? 0) + commit.Outbox.Sum(row => row.Payload.Length) + (commit.Request?.Answer.Length ?? 0);

    public Task<CommitOutcome> Task => _completion.Task;

    public void Complete(CommitOutcome outcome) => _completion.SetResult(outcome);

    public void Fail(Exception exception) => _completion.SetException(exception);
}
