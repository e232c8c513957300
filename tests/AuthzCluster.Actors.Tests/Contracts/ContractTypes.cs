using System.Reflection;
using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;

namespace AuthzCluster.Actors.Tests.Contracts;

/// <summary>What the actors' and the ports' interfaces take and answer.</summary>
internal static class ContractTypes
{
    // What a node has of its own: nothing of it crosses a wire.
    private static readonly Type[] OfTheNode =
    [
        typeof(IActorDirectory), typeof(IHeldRights), typeof(ITenantReplica), typeof(ITenantReplicas), typeof(IEntityReplica), typeof(IEntityReplicas), typeof(IFaultLog),
        typeof(IAnnounce), typeof(IOutsideEngine), typeof(ISigner), typeof(IDecisionLog), typeof(IWebhookTargets), typeof(IWebhookSender),
    ];

    /// <summary>Each type once, in order of its name.</summary>
    public static IReadOnlyList<Type> All { get; } = typeof(IRoleActor).Assembly.GetExportedTypes()
        .Where(type => type.IsInterface && type.Namespace is "AuthzCluster.Actors.Contracts" or "AuthzCluster.Actors.Ports" && !OfTheNode.Contains(type))
        .SelectMany(type => type.GetMethods())
        .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(Awaited(method.ReturnType)))
        .Where(type => type != typeof(void))
        .Distinct().OrderBy(NameOf, StringComparer.Ordinal).ToArray();

    /// <summary>A type as C# writes it, without namespaces.</summary>
    public static string NameOf(Type type) =>
        Nullable.GetUnderlyingType(type) is { } inner ? NameOf(inner) + "?"
        : type.IsArray ? NameOf(type.GetElementType()!) + "[]"
        : !type.IsGenericType ? (type.DeclaringType is { } outer ? $"{outer.Name}.{type.Name}" : type.Name)
        : $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>";

    private static Type Awaited(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask) ? typeof(void)
        : type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>)) ? type.GetGenericArguments()[0]
        : type;
}
