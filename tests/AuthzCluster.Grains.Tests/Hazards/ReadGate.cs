using System.Reflection;
using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Grains.Tests.Hazards;

/// <summary>A store whose reads of a key can be held back.</summary>
public class ReadGate : DispatchProxy
{
    private IActorStore _inner = null!;
    private (ActorKey Key, TaskCompletionSource Reached, TaskCompletionSource Proceed)? _held;

    public static ReadGate New() => (ReadGate)(object)Create<IActorStore, ReadGate>();

    public IActorStore Around(IActorStore inner)
    {
        _inner = inner;
        return (IActorStore)(object)this;
    }

    /// <summary>Holds the reads of a key: the first tells that one has come, completing the second lets them go on.</summary>
    public (TaskCompletionSource Reached, TaskCompletionSource Proceed) Hold(ActorKey key)
    {
        var held = (key, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _held = held;
        return (held.Item2, held.Item3);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(IActorStore.ReadAsync) && _held is { } held && held.Key.Equals(args![0])
            ? ReadAsync(held.Reached, held.Proceed.Task, held.Key)
            : targetMethod.Invoke(_inner, args);

    private async ValueTask<StoredState?> ReadAsync(TaskCompletionSource reached, Task proceed, ActorKey key)
    {
        reached.TrySetResult();
        await proceed;
        return await _inner.ReadAsync(key);
    }
}
