using System.Reflection;
using AuthzCluster.Actors.Storage;

namespace AuthzCluster.Grains.Tests.Versions;

/// <summary>A store whose states have what a later version may put at their end: a model a section, others a block.</summary>
public class NextStore : DispatchProxy
{
    private const byte LaterSection = 120, Length = 2;

    private IActorStore _inner = null!;

    public static IActorStore Around(IActorStore inner)
    {
        var store = Create<IActorStore, NextStore>();
        ((NextStore)(object)store)._inner = inner;
        return store;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (args is [Commit { State: { Length: > 0 } state } commit])
        {
            byte[] later = commit.Key switch
            {
                { IsTenant: true } => [LaterSection, Length, 1, 2],
                { IsSubject: true } or { IsEntity: true } or { IsApiKey: true } or { IsRequest: true } or { IsWebhook: true } => [Length, 1, 2],
                _ => [],
            };
            args = [commit with { State = [.. state, .. later] }];
        }
        return targetMethod!.Invoke(_inner, args);
    }
}
