using AuthzCluster.Actors.Finality;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Actors.Writers;

/// <summary>
/// What all single writers of a stored state share: they read it before their first turn, commit under its version,
/// and after a commit that did not plainly succeed read it again before the next write, whatever it was. A request is
/// kept with the commit that does it; done before, it is answered as it was then.
/// </summary>
public abstract class WriterActor
{
    // Another activation may win, while one takes the place of the other; not again and again.
    private const int MostRaces = 5;

    private bool _isCurrent;

    // Whether the turn has committed its request.
    private bool _isDone;

    // Whether the turn has committed anything.
    private bool _hasChanged;

    /// <summary>With what the host provides.</summary>
    protected WriterActor(ActorPorts ports) => Ports = ports;

    /// <summary>What the host provides.</summary>
    protected ActorPorts Ports { get; }

    /// <summary>The actor's name in storage.</summary>
    protected abstract ActorKey Key { get; }

    /// <summary>The stored version of what is in memory; 0: nothing is stored.</summary>
    protected long Version { get; private set; }

    /// <summary>
    /// Whether what was read or committed last may still be worked on. If not, each turn reads first: another activation, here or on another
    /// node, may have committed since.
    /// </summary>
    protected virtual bool IsFresh => false;

    /// <summary>Whether a turn is one commit: then one that lost a race runs again, on what was committed meanwhile.</summary>
    protected virtual bool IsOneCommit => false;

    /// <summary>Whether what is in memory was read or committed by this turn, or counts still. Not where there is nothing to read, or something newer is known of.</summary>
    protected bool IsCurrent => _isCurrent;

    /// <summary>Whether there is anything to read: of a tenant that is no more nothing is read, since what is left of it may be on its way out.</summary>
    protected virtual ValueTask<bool> MayReadAsync() => new(true);

    /// <summary>
    /// Reads what is stored, unless what is in memory is known to be that. A host makes it an actor's first turn, and
    /// every write turn begins with it.
    /// </summary>
    /// <exception cref="StoreUnavailableException">It could not be read, or is no state; what was in memory stays.</exception>
    public async Task LoadAsync()
    {
        if (_isCurrent && IsFresh)
        {
            return;
        }
        _isCurrent = false;
        while (!_isCurrent)
        {
            var load = Begin();
            try
            {
                // Behind the beginning: what is announced from there on is not missed.
                if (!await MayReadAsync())
                {
                    return;
                }
                var stored = await Ports.Store.ReadAsync(Key);
                _isCurrent = Ports.Decode(Key, () => Take(stored?.State, stored?.Version ?? 0, load));
                Version = stored?.Version ?? 0;
            }
            finally
            {
                Abandon(load);
            }
        }
    }

    /// <summary>The latest commit, whose state is to be taken; null: none, or it was.</summary>
    private protected CellLoad? Committed { get; set; }

    /// <summary>Puts in memory what was read; null: nothing is stored. False: something newer is known of; it is to be read again.</summary>
    protected abstract bool Take(byte[]? state, long version, CellLoad? load);

    /// <summary>Before a read or a commit is sent.</summary>
    private protected virtual CellLoad? Begin() => null;

    /// <summary>Nothing comes of it, or it was taken already.</summary>
    private protected virtual void Abandon(CellLoad? load)
    {
    }

    /// <summary>What is stored changes beside this actor's commits, or is not known: the next turn reads it again.</summary>
    protected void Forget() => _isCurrent = false;

    /// <summary>Runs a write turn: on the state as it is stored, and with a storage failure as its answer.</summary>
    protected Task<Result<T>> TurnAsync<T>(Func<Task<Result<T>>> turn) => TurnAsync(null, turn);

    /// <summary>
    /// Likewise, for a request of <paramref name="caller"/>. Where it was done before, the answer of then is that of this turn: its commit
    /// tells so, or, where nothing is committed (a no-op, a refusal) and it may be a repeat, what is kept. A no-op of such a one is kept by itself.
    /// </summary>
    protected async Task<Result<T>> TurnAsync<T>(Caller? caller, Func<Task<Result<T>>> turn)
    {
        (_isDone, _hasChanged) = (false, false);
        try
        {
            await LoadAsync();
            var answer = await turn();
            for (var races = 1; IsOneCommit && races < MostRaces && answer.Error == Refusals.LostRace; races++)
            {
                answer = await turn();
            }
            // Who may not any more is not told either.
            if (caller?.Request is { } request && !_isDone && answer.Error?.Code != ErrorCode.Forbidden
                && (request.MayBeRepeat || answer.Error == Refusals.Repeated))
            {
                // Another copy may be on its way yet: where there was nothing to change it must not find something to change, behind later writes.
                answer = answer.IsOk ? await Ports.KeepRequestAsync(request, answer.Value) : await RefusedAsync(request, answer);
                // It may have been done elsewhere, behind what was read here: what is announced must not be from before it.
                Forget();
            }
            // Whatever is answered tells what is stored: that there is nothing to revoke, too. These do not.
            if (answer.Error?.Code is not (ErrorCode.Forbidden or ErrorCode.Unavailable or ErrorCode.ValidationFailed))
            {
                if (!_isCurrent)
                {
                    await LoadAsync();
                }
                await AcknowledgeAsync();
            }
            return answer;
        }
        catch (StoreUnavailableException exception)
        {
            // What failed behind a commit says nothing of that.
            return Refusals.Unavailable(exception, _hasChanged);
        }
    }

    // What it was answered when it was done; or else this, which copies that come late are answered too.
    private async ValueTask<Result<T>> RefusedAsync<T>(RequestKey request, Result<T> answer)
    {
        if (await Ports.FindRequestAsync<T>(request) is { } done)
        {
            return done;
        }
        if (answer.Error!.Code != ErrorCode.Unavailable && answer.Error != Refusals.Repeated)
        {
            await Ports.KeepRefusalAsync(request, answer.Error);
        }
        return answer;
    }

    /// <summary>Announces what is stored, before it is acknowledged.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be made sure.</exception>
    private protected virtual ValueTask AcknowledgeAsync() => default;

    /// <summary>Commits what a request of <paramref name="caller"/> does, and keeps it with its answer. Else as the other.</summary>
    protected async Task<AuthzError?> CommitAsync<T>(Commit commit, Caller caller, T answer, Func<ValueTask<AuthzError>> ifRefused)
    {
        if (caller.PartOf is { } whole && await Ports.FindAnsweredAsync(whole) is { } late)
        {
            return late;
        }
        if (caller.Request is not { } request)
        {
            return await CommitAsync(commit, ifRefused);
        }
        // Behind the reading of what the commit goes by: what was refused before that, and acknowledged in between, is seen here or loses the race.
        return await Ports.FindRefusalAsync(request) ?? await CommitAsync(commit with { Request = Ports.Mark(request, answer) }, ifRefused);
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
        var load = Begin();
        CommitOutcome? outcome = null;
        try
        {
            outcome = await Ports.Store.CommitAsync(commit with { Key = Key, ExpectedVersion = Version });
        }
        finally
        {
            if (outcome != CommitOutcome.Committed)
            {
                Abandon(load);
            }
        }
        switch (outcome)
        {
            case CommitOutcome.Committed:
                Version = commit.State is null ? 0 : Version + 1;
                Committed = load;
                _isCurrent = true;
                (_isDone, _hasChanged) = (_isDone | commit.Request is not null, true);
                return null;
            case CommitOutcome.Repeated:
                // By whom is not known: what is stored is read again before anything else is done.
                return Refusals.Repeated;
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
