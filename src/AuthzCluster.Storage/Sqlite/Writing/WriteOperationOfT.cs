namespace AuthzCluster.Storage.Sqlite.Writing;

/// <inheritdoc/>
internal sealed class WriteOperation<T>(Func<WriteSession, T> run, int bytes) : WriteOperation(bytes)
{
    // Continuations run elsewhere: the writer has the next group to commit.
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private T _answer = default!;

    public Task<T> Task => _completion.Task;

    public override void Apply(WriteSession session) => _answer = run(session);

    public override void Complete() => _completion.SetResult(_answer);

    public override void Fail(Exception exception) => _completion.SetException(exception);
}
