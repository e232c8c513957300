using System.Reflection;
using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Grains.Tests.Hazards;

/// <summary>A store behind whose next commit something happens, before its outcome is told.</summary>
public class StoreHook : DispatchProxy
{
    private IActorStore _inner = null!;

    public Action? BehindCommit { get; set; }

    public static (IActorStore Store, StoreHook Hook) Around(IActorStore inner)
    {
        var store = Create<IActorStore, StoreHook>();
        var hook = (StoreHook)(object)store;
        hook._inner = inner;
        return (store, hook);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(IActorStore.CommitAsync) ? CommitAsync((Commit)args![0]!) : targetMethod.Invoke(_inner, args);

    private async ValueTask<CommitOutcome> CommitAsync(Commit commit)
    {
        var outcome = await _inner.CommitAsync(commit);
        var happens = BehindCommit;
        BehindCommit = null;
        happens?.Invoke();
        return outcome;
    }
}
