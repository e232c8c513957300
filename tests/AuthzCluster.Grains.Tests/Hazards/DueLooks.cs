using System.Collections.Concurrent;
using System.Reflection;
using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Grains.Tests.Hazards;

/// <summary>The store of one silo, which notes the looks for due work, and can be out of the silo's reach.</summary>
public class DueLooks : DispatchProxy
{
    private IActorStore _inner = null!;
    private TimeProvider _time = null!;

    /// <summary>When it looked, and for what was due by when.</summary>
    public ConcurrentQueue<(DateTimeOffset At, DateTimeOffset Until)> Looks { get; } = [];

    /// <summary>Whether the silo cannot reach it.</summary>
    public bool IsAway { get; set; }

    public static IActorStore Around(IActorStore inner, int silo, TimeProvider time, ConcurrentDictionary<int, DueLooks> all)
    {
        var store = Create<IActorStore, DueLooks>();
        var looks = all[silo] = (DueLooks)(object)store;
        (looks._inner, looks._time) = (inner, time);
        return store;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(IActorStore.ReadDueAsync))
        {
            Looks.Enqueue((_time.GetUtcNow(), (DateTimeOffset)args![0]!));
        }
        return IsAway ? throw new StoreUnavailableException("out of reach", isOutcomeKnown: true) : targetMethod.Invoke(_inner, args);
    }
}
