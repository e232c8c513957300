using System.Diagnostics;
using System.Threading.Channels;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Storage.Postgres.Opening;

namespace AuthzCluster.Storage.Postgres.Writing;

/// <summary>
/// One of the writers: takes what waits, commits it as a group on its own connection, and answers. After a failure the
/// connection is thrown away.
/// </summary>
internal sealed class Writer(Writers writers, int shard)
{
    private const int MaxRepeats = 20;

    // Longer than this without work, and the connection is asked whether it is there before a group is sent: what fails
    // then was certainly not done.
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);

    private readonly CommitGroup _group = new(writers.Options.GroupCommits, writers.Options.GroupBytes);
    private PendingCommit? _next;
    private GroupCommand? _command;
    private long _usedAt;

    /// <summary>Works until nothing waits and nothing will come.</summary>
    public async Task RunAsync()
    {
        while (_next is not null || await writers.Queue.WaitToReadAsync().ConfigureAwait(false))
        {
            Gather();
            if (_group.Commits.Count > 0)
            {
                await CommitAsync(_group.Commits).ConfigureAwait(false);
                _group.Clear();
            }
        }

        await DropAsync().ConfigureAwait(false);
    }

    // In the order of arrival: what has to do with one that is in waits for the next group, and so does all behind it.
    private void Gather()
    {
        while (!_group.IsFull)
        {
            if (_next is null && !writers.Queue.TryRead(out _next))
            {
                return;
            }

            if (!_group.TryAdd(_next))
            {
                return;
            }

            _next = null;
        }
    }

    private async Task CommitAsync(List<PendingCommit> commits)
    {
        try
        {
            await OpenAsync().ConfigureAwait(false);
        }
        catch (StoreUnavailableException failure)
        {
            commits.ForEach(pending => pending.Fail(failure));
            return;
        }

        for (var repeats = 0; ; repeats++)
        {
            try
            {
                var outcomes = await _command!.RunAsync(commits).ConfigureAwait(false);
                writers.Committed();
                _usedAt = Stopwatch.GetTimestamp();
                for (var i = 0; i < commits.Count; i++)
                {
                    commits[i].Complete((CommitOutcome)outcomes[i]);
                }

                return;
            }
            catch (Exception cause) when (PostgresFailure.IsToBeRepeated(cause) && repeats < MaxRepeats)
            {
                // It was undone; what made it fail is committed by now, or undone too.
            }
            catch (Exception cause)
            {
                await FailAsync(commits, cause).ConfigureAwait(false);
                return;
            }
        }
    }

    private async Task FailAsync(List<PendingCommit> commits, Exception cause)
    {
        if (PostgresFailure.IsOfTheConnection(cause))
        {
            await DropAsync().ConfigureAwait(false);
        }

        if (PostgresFailure.IsOfItsContent(cause) && commits.Count > 1)
        {
            // It is the fault of one: the others pass alone.
            foreach (var one in commits.ToArray())
            {
                await CommitAsync([one]).ConfigureAwait(false);
            }

            return;
        }

        var failure = PostgresFailure.Unavailable("The last write", cause, PostgresFailure.IsUndoneForCertain(cause));
        if (!PostgresFailure.IsOfItsContent(cause))
        {
            writers.Health.Failed(failure.Message);
        }

        commits.ForEach(pending => pending.Fail(failure));
    }

    private async ValueTask OpenAsync()
    {
        if (_command is not null && Stopwatch.GetElapsedTime(_usedAt) > Idle && !await _command.IsAliveAsync().ConfigureAwait(false))
        {
            await DropAsync().ConfigureAwait(false);
        }

        _command ??= new GroupCommand(await writers.Health.OpenAsync(writers.Connections.OpenWriterAsync).ConfigureAwait(false), shard);
        _usedAt = Stopwatch.GetTimestamp();
    }

    private async ValueTask DropAsync()
    {
        if (Interlocked.Exchange(ref _command, null) is { } command)
        {
            await command.DisposeAsync().ConfigureAwait(false);
        }
    }
}
