using System.Collections.Concurrent;
using System.Reflection;
using AuthzCluster.Actors.Contracts;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>
/// What grains' interfaces take and answer, by the names that it has on the wire. Nothing else is read from the wire: a name that
/// is not here is refused.
/// </summary>
internal static class ContractTypes
{
    private static readonly HashSet<Assembly> Ours = [typeof(AuthzError).Assembly, typeof(RoleEdit).Assembly];
    private static readonly Dictionary<string, Type> Declared = Find();
    private static readonly Dictionary<Type, string> Names = Declared.ToDictionary(pair => pair.Value, pair => pair.Key);
    private static readonly ConcurrentDictionary<Type, Type?> Known = new();

    /// <summary>All, by name.</summary>
    public static IReadOnlyDictionary<string, Type> All => Declared;

    /// <summary>What a value of a type is declared as; null: no grain takes or answers such a thing.</summary>
    public static Type? DeclaredFor(Type type) => Known.GetOrAdd(type, static type =>
        Names.ContainsKey(type) ? type : Declared.Values.FirstOrDefault(declared => declared.IsAssignableFrom(type)));

    /// <summary>The name of a type that is declared.</summary>
    public static string NameOf(Type declared) => Names[declared];

    /// <summary>The type of a name.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static Type Of(string name) => Declared.TryGetValue(name, out var type) ? type : throw new FormatException($"no message has a `{name}`");

    /// <summary>A type as it is written in a signature, without namespaces.</summary>
    public static string Write(Type type) =>
        type.IsArray ? $"{Write(type.GetElementType()!)}[]"
        : type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Write))}>"
        : type.Name;

    private static Dictionary<string, Type> Find()
    {
        var found = new Dictionary<string, Type>(StringComparer.Ordinal) { [Write(typeof(AuthzError))] = typeof(AuthzError) };
        var methods = typeof(ContractTypes).Assembly.GetTypes()
            .Where(type => type.IsInterface && typeof(IAddressable).IsAssignableFrom(type))
            .SelectMany(type => type.GetInterfaces().Append(type))
            .SelectMany(type => type.GetMethods());
        foreach (var method in methods)
        {
            foreach (var type in method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType))
            {
                Add(type, found);
            }
        }
        return found;
    }

    private static void Add(Type type, Dictionary<string, Type> found)
    {
        if (type.IsGenericType && (type.GetGenericTypeDefinition() is var generic)
            && (generic == typeof(Task<>) || generic == typeof(ValueTask<>) || generic == typeof(Result<>) || generic == typeof(Nullable<>)))
        {
            Add(type.GetGenericArguments()[0], found);
            return;
        }
        if (type.IsArray)
        {
            Add(type.GetElementType()!, found);
            return;
        }
        if (IsOurs(type) && !type.IsEnum)
        {
            found.TryAdd(Write(type), type);
            // A list of ours may be an array of them as well.
            foreach (var part in type.GetGenericArguments())
            {
                Add(part, found);
            }
        }
    }

    private static bool IsOurs(Type type) => Ours.Contains(type.Assembly) || (type.IsGenericType && type.GetGenericArguments().Any(IsOurs));
}
