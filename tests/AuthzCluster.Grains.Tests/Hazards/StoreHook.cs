using System.Reflection;
using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Grains.Tests.Hazards;

/// <summary>A store behind whose next commit something happens, before its outcome is told; or before whose rows are read.</summary>
public class StoreHook : DispatchProxy
{
    private IActorStore _inner = null!;

    public Action? BehindCommit { get; set; }

    /// <summary>What is awaited before the next rows are read.</summary>
    public Func<Task>? BeforeRows { get; set; }

    public static (IActorStore Store, StoreHook Hook) Around(IActorStore inner)
    {
        var store = Create<IActorStore, StoreHook>();
        var hook = (StoreHook)(object)store;
        hook._inner = inner;
        return (store, hook);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name switch
        {
            nameof(IActorStore.CommitAsync) => CommitAsync((Commit)args![0]!),
            nameof(IActorStore.ReadIndexAsync) => ReadIndexAsync(() => (ValueTask<IReadOnlyList<IndexRow>>)targetMethod.Invoke(_inner, args)!),
            _ => targetMethod.Invoke(_inner, args),
        };

    private async ValueTask<IReadOnlyList<IndexRow>> ReadIndexAsync(Func<ValueTask<IReadOnlyList<IndexRow>>> read)
    {
        var happens = BeforeRows;
        BeforeRows = null;
        await (happens?.Invoke() ?? Task.CompletedTask);
        return await read();
    }

    private async ValueTask<CommitOutcome> CommitAsync(Commit commit)
    {
        var outcome = await _inner.CommitAsync(commit);
        var happens = BehindCommit;
        BehindCommit = null;
        happens?.Invoke();
        return outcome;
    }
}
