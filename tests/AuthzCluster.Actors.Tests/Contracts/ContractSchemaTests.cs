using System.Reflection;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using AuthzCluster.Actors.Contracts;

namespace AuthzCluster.Actors.Tests.Contracts;

/// <summary>
/// The names and kinds of all that <see cref="ContractJson"/> writes, against the file beside this one: older versions read them.
/// Adding is fine (put it into the file); a name that is gone or changed breaks clusters of two versions and kept answers.
/// </summary>
public sealed class ContractSchemaTests
{
    private const string Schema = "Contracts/ContractSchema.txt";

    [Fact]
    public void Schema_OfTheContracts_IsAsItWasWrittenDown()
    {
        var lines = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var type in ContractTypes.All)
        {
            Describe(type, lines);
        }

        var expected = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, Schema));
        var actual = string.Concat(lines.Values);
        // To be compared, and taken over where the change is meant.
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, Path.ChangeExtension(Schema, ".actual.txt")), actual);
        Assert.Equal(expected.ReplaceLineEndings("\n"), actual);
    }

    private static void Describe(Type type, SortedDictionary<string, string> lines)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            Describe(inner, lines);
            return;
        }
        var name = ContractTypes.NameOf(type);
        if (lines.ContainsKey(name) || (type.Namespace?.StartsWith("AuthzCluster", StringComparison.Ordinal) != true && !type.IsGenericType && !type.IsArray))
        {
            return;
        }
        var info = ContractJson.Options.GetTypeInfo(type);
        // Its place is taken before its members are looked at: types name each other.
        lines[name] = "";
        string line;
        if (type.IsEnum)
        {
            line = $"{name}: {string.Join(" | ", Enum.GetValues(type).Cast<object>().Select(value => Encoding.UTF8.GetString(
                System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(value, type, ContractJson.Options))))}\n";
        }
        else if (info.PolymorphismOptions is { } kinds)
        {
            line = string.Concat(kinds.DerivedTypes.Select(kind => $"{name} {kinds.TypeDiscriminatorPropertyName}={kind.TypeDiscriminator}: {Members(kind.DerivedType, lines)}\n"));
        }
        else if (info.Kind == JsonTypeInfoKind.Object)
        {
            line = $"{name}: {Members(type, lines)}\n";
        }
        else
        {
            line = type.IsGenericType || type.IsArray ? "" : $"{name}: by {info.Converter.GetType().Name}\n";
            foreach (var argument in type.IsArray ? [type.GetElementType()!] : type.GetGenericArguments())
            {
                Describe(argument, lines);
            }
        }
        lines[name] = line;
    }

    private static string Members(Type type, SortedDictionary<string, string> lines)
    {
        var members = ContractJson.Options.GetTypeInfo(type).Properties.Where(member => member.AttributeProvider is PropertyInfo { CanWrite: true }).ToArray();
        foreach (var member in members)
        {
            Describe(member.PropertyType, lines);
        }
        return $"{{ {string.Join(", ", members.OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{member.Name}: {ContractTypes.NameOf(member.PropertyType)}"))} }}";
    }
}
