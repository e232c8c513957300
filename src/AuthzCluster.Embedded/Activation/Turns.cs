namespace AuthzCluster.Embedded.Activation;

/// <summary>
/// One turn at a time, in the order of arrival. A turn waits for the one before it and tells the one behind it when
/// it has ended, whatever came of it; a queue that was closed lets nobody in any more. Costs one field while idle.
/// </summary>
internal abstract class Turns
{
    private static readonly Task<bool> Closed = Task.FromResult(false);

    // The end of the last turn in line: true, the next may go ahead; false, the queue is closed. Null: nobody is in line.
    private Task<bool>? _last;
    private volatile bool _isClosed;

    /// <summary>Whether it was closed; then it holds nothing that is up to date.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>Closes it unless somebody is in line.</summary>
    public bool TryClose()
    {
        if (Interlocked.CompareExchange(ref _last, Closed, null) is not null)
        {
            return false;
        }
        _isClosed = true;
        return true;
    }

    /// <summary>Closes it behind those that are in line, and waits for them. Who comes meanwhile waits too, and finds it closed.</summary>
    public async Task CloseAsync()
    {
        var mine = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.Exchange(ref _last, mine.Task) is { } before)
        {
            await before.ConfigureAwait(false);
        }
        _isClosed = true;
        _ = Interlocked.CompareExchange(ref _last, Closed, mine.Task);
        mine.SetResult(false);
    }

    /// <summary>Runs a turn when it is its time. False: the queue was closed, nothing ran.</summary>
    protected async Task<bool> RunAsync(Func<Task> turn)
    {
        var mine = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = Interlocked.Exchange(ref _last, mine.Task);
        var isOpen = before is null || await before.ConfigureAwait(false);
        try
        {
            if (isOpen)
            {
                await turn().ConfigureAwait(false);
            }
        }
        finally
        {
            // Nobody came behind: the line is as it was found. Who came waits for the result.
            _ = Interlocked.CompareExchange(ref _last, isOpen ? null : Closed, mine.Task);
            mine.SetResult(isOpen);
        }
        return isOpen;
    }
}
