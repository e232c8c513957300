using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Actors.Writers;

/// <summary>
/// What all single writers of a stored state share: they read it before their first turn, commit under its version,
/// and after a commit that did not plainly succeed read it again before the next write, whatever it was.
/// </summary>
public abstract class WriterActor
{
    private long _version;
    private bool _isCurrent;

    /// <summary>With what the host provides.</summary>
    protected WriterActor(ActorPorts ports) => Ports = ports;

    /// <summary>What the host provides.</summary>
    protected ActorPorts Ports { get; }

    /// <summary>The actor's name in storage.</summary>
    protected abstract ActorKey Key { get; }

    /// <summary>
    /// Reads what is stored, unless what is in memory is known to be that. A host makes it an actor's first turn, and
    /// every write turn begins with it.
    /// </summary>
    /// <exception cref="StoreUnavailableException">It could not be read, or is no state; what was in memory stays.</exception>
    public virtual async Task LoadAsync()
    {
        if (_isCurrent)
        {
            return;
        }
        var stored = await Ports.Store.ReadAsync(Key);
        Ports.Decode(Key, () =>
        {
            Take(stored?.State);
            return true;
        });
        _version = stored?.Version ?? 0;
        _isCurrent = true;
    }

    /// <summary>Puts in memory what was read; null: nothing is stored.</summary>
    protected abstract void Take(byte[]? state);

    /// <summary>What is stored changes beside this actor's commits: the next turn reads it again.</summary>
    protected void Forget() => _isCurrent = false;

    /// <summary>Runs a write turn: on the state as it is stored, and with a storage failure as its answer.</summary>
    protected async Task<Result<T>> TurnAsync<T>(Func<Task<Result<T>>> turn)
    {
        try
        {
            await LoadAsync();
            return await turn();
        }
        catch (StoreUnavailableException exception)
        {
            return Refusals.Unavailable(exception);
        }
    }

    /// <summary>
    /// Commits. Null: it is durable, and the caller swaps what is in memory. Otherwise nothing was changed: the race
    /// was lost (what is stored was read again), the state is too large, or <paramref name="ifRefused"/> says what it means that a required
    /// row is not there, or that a key is not vacant.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The outcome is unknown, or nothing was changed.</exception>
    protected async Task<AuthzError?> CommitAsync(Commit commit, Func<ValueTask<AuthzError>> ifRefused)
    {
        _isCurrent = false;
        var outcome = await Ports.Store.CommitAsync(commit with { Key = Key, ExpectedVersion = _version });
        switch (outcome)
        {
            case CommitOutcome.Committed:
                _version = commit.State is null ? 0 : _version + 1;
                _isCurrent = true;
                return null;
            case CommitOutcome.VersionConflict:
                await LoadAsync();
                return Refusals.LostRace;
            case CommitOutcome.TooLarge:
                _isCurrent = true;
                return Refusals.TooLarge(Key);
            default:
                _isCurrent = true;
                return await ifRefused();
        }
    }
}
