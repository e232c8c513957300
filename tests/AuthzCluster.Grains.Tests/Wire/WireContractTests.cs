using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using AuthzCluster.Grains.Abstractions.Actors;
using AuthzCluster.Grains.Abstractions.Wire;
using AuthzCluster.Grains.Node;
using Orleans.Concurrency;
using Orleans.Serialization.Configuration;
using Orleans.Serialization.Invocation;

namespace AuthzCluster.Grains.Tests.Wire;

/// <summary>
/// What silos and clients of different versions understand of each other, against the file beside this one. What is written there
/// was sent: adding lines is fine (put them into the file). A line that is gone or changed breaks a rolling upgrade: give the old name
/// by [Alias], or add beside it and remove it a version later. A method of an actor's or a port's interface is known by the hash of
/// its interface, its name and its parameters' types, so none of these is renamed or moved. (What the contracts' JSON looks like is in
/// ContractSchema.txt of the tests of Actors.)
/// </summary>
public sealed class WireContractTests
{
    private const string WrittenDown = "Wire/contract.txt", Found = "Wire/contract.found.txt";

    [Fact]
    public void Wire_OfThisVersion_IsAsItWasWrittenDown()
    {
        var lines = Grains().Concat(Methods()).Concat(Names()).Concat(Numbers()).Concat(Fields()).Concat(Members());
        var found = string.Concat(lines.Select(line => line + "\n"));
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, Found), found);
        var expected = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, WrittenDown)).ReplaceLineEndings("\n");
        Assert.True(expected == found, $"compare {Found} in {AppContext.BaseDirectory} with {WrittenDown}, and read what the summary of this test says before you put a line there");
    }

    [Fact]
    public void Evaluations_OnTheWire_InterleaveWithEverything()
    {
        var reads = typeof(IUserAssignmentsGrain).GetMethods().Where(method => method.Name.StartsWith("Evaluate", StringComparison.Ordinal));
        Assert.All(reads, method => Assert.True(method.IsDefined(typeof(AlwaysInterleaveAttribute)), method.Name));
    }

    private static IEnumerable<string> Grains() => typeof(SiloNode).Assembly.GetTypes()
        .Where(type => type.GetCustomAttribute<GrainTypeAttribute>() is not null)
        .Select(type => $"grain {type.GetCustomAttribute<GrainTypeAttribute>()!.GetGrainType(null!, null!)}: {string.Join(", ", Interfaces(type).Select(Alias))}")
        .Order(StringComparer.Ordinal);

    // As the generated requests have them: what is asked of whom, under which name, and how.
    private static IEnumerable<string> Methods() => new[] { typeof(IRoleGrain).Assembly, typeof(SiloNode).Assembly }
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => !type.IsAbstract && typeof(IInvokable).IsAssignableFrom(type))
        .SelectMany(NamesOf, (type, name) => (Call: (IInvokable)RuntimeHelpers.GetUninitializedObject(type), Components: name))
        .Select(found => $"call {string.Join(" ", found.Components.Select(part => part is Type type ? Alias(type) : $"{part}"))}: {Write(found.Call.GetMethod())}")
        .Distinct().Order(StringComparer.Ordinal);

    // A method that has a name of its own is sent by that alone; some generators know it by its hash as well.
    private static IEnumerable<object[]> NamesOf(Type call)
    {
        var names = call.GetCustomAttributes<CompoundTypeAliasAttribute>().Select(alias => alias.Components).ToList();
        var own = names.Where(name => !(name[^1] is string { Length: 8 } hash && uint.TryParse(hash, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out _))).ToList();
        return own.Count > 0 ? own : names;
    }

    private static IEnumerable<string> Names()
    {
        var types = new TypeManifestOptions();
        WireNames.AddTo(types);
        return types.WellKnownTypeAliases.Select(name => $"name {name.Key}: {ContractTypes.Write(name.Value)}")
            .Concat(ContractTypes.All.Keys.Select(name => $"contract {name}")).Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Numbers()
    {
        var types = new TypeManifestOptions();
        WireNames.AddTo(types);
        return types.WellKnownTypeIds.OrderBy(type => type.Key).Select(type => $"number {type.Key}: {ContractTypes.Write(type.Value)}");
    }

    // Of generated codecs and of those by hand.
    private static IEnumerable<string> Fields() => typeof(IRoleGrain).Assembly.GetTypes()
        .Where(type => type.Namespace?.StartsWith("AuthzCluster", StringComparison.Ordinal) == true && type.IsDefined(typeof(GenerateSerializerAttribute)))
        .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Instance).Where(member => member.IsDefined(typeof(IdAttribute))), (type, member) =>
            $"field {Alias(type)} {member.GetCustomAttribute<IdAttribute>()!.Id}: {member.Name} {ContractTypes.Write(member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType)}")
        .Concat(typeof(IRoleGrain).Assembly.GetTypes().Where(type => type.IsDefined(typeof(RegisterSerializerAttribute)) && type.Namespace == typeof(WireNames).Namespace)
            .SelectMany(type => type.GetFields(BindingFlags.NonPublic | BindingFlags.Static).Where(field => field.IsLiteral && field.FieldType == typeof(uint)), (type, field) =>
                $"field {type.Name} {field.GetRawConstantValue()}: {field.Name}"))
        .Order(StringComparer.Ordinal);

    // Of which numbers are sent.
    private static IEnumerable<string> Members() => new[] { typeof(Domain.Decisions.DecisionReason), typeof(Domain.Permissions.PermissionScope) }
        .SelectMany(type => Enum.GetValues(type).Cast<object>(), (type, value) => $"member {type.Name} {Convert.ToInt32(value, CultureInfo.InvariantCulture)}: {value}");

    private static IEnumerable<Type> Interfaces(Type grain) => grain.GetInterfaces()
        .Where(type => typeof(IAddressable).IsAssignableFrom(type) && type.Namespace?.StartsWith("AuthzCluster", StringComparison.Ordinal) == true);

    private static string Alias(Type type) => type.GetCustomAttribute<AliasAttribute>()?.Alias ?? type.Name;

    private static string Write(MethodInfo method)
    {
        string?[] rules =
        [
            method.IsDefined(typeof(AlwaysInterleaveAttribute)) ? "interleaves" : null,
            method.GetCustomAttribute<ResponseTimeoutAttribute>() is { Timeout: { } timeout } ? $"within {timeout}" : null,
        ];
        var told = string.Join(", ", rules.Where(rule => rule is not null));
        return $"{ContractTypes.Write(method.ReturnType)} {method.DeclaringType!.FullName}.{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => ContractTypes.Write(parameter.ParameterType)))}){(told.Length > 0 ? $" {told}" : "")}";
    }
}
