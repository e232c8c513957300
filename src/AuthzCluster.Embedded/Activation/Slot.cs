namespace AuthzCluster.Embedded.Activation;

/// <summary>The place of one activated actor: its line of turns, and when it was last used. What callers hold is this.</summary>
/// <typeparam name="TSelf">The concrete slot.</typeparam>
/// <typeparam name="TActor">The actor.</typeparam>
internal abstract class Slot<TSelf, TActor>(TActor actor) : Turns
    where TSelf : Slot<TSelf, TActor>
{
    private int _usedAt;

    /// <summary>The actor.</summary>
    protected TActor Actor { get; } = actor;

    /// <summary>The slot that took the place of this one, which was closed.</summary>
    protected abstract TSelf Successor();

    /// <summary>The sweeper's time at which it was last used.</summary>
    public int UsedAt => Volatile.Read(ref _usedAt);

    /// <summary>Notes a use; writes only what differs, since many threads may use it at once.</summary>
    public void Touch(int now)
    {
        if (_usedAt != now)
        {
            _usedAt = now;
        }
    }

    /// <summary>Runs a turn of the actor, here or, where this slot was closed meanwhile, in its successor.</summary>
    protected async Task<T> TurnAsync<T>(Func<TActor, Task<T>> turn)
    {
        T result = default!;
        for (var slot = (TSelf)this; ; slot = slot.Successor())
        {
            var actor = slot.Actor;
            if (await slot.RunAsync(async () => result = await turn(actor).ConfigureAwait(false)).ConfigureAwait(false))
            {
                return result;
            }
        }
    }
}
