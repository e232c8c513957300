using System.Text.Json;

namespace AuthzCluster.Http.Tests.OpenApi;

/// <summary>Holds values to the schemas of a description. A member that the description does not know is a fault, even of an answer.</summary>
internal sealed class SchemaCheck(JsonElement description)
{
    /// <summary>What is wrong with a value; empty: nothing.</summary>
    public IEnumerable<string> Faults(JsonElement schema, JsonElement value, string path = "$")
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            var name = reference.GetString()!.Split('/')[^1];
            return Faults(description.GetProperty("components").GetProperty("schemas").GetProperty(name), value, path);
        }
        if (schema.TryGetProperty("anyOf", out var any))
        {
            return any.EnumerateArray().Any(one => !Faults(one, value, path).Any()) ? [] : [$"{path}: none of several"];
        }
        return Own(schema, value, path).Concat(Members(schema, value, path)).Concat(Items(schema, value, path));
    }

    private static IEnumerable<string> Own(JsonElement schema, JsonElement value, string path)
    {
        if (schema.TryGetProperty("type", out var type))
        {
            string[] types = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(one => one.GetString()!)] : [type.GetString()!];
            if (!types.Any(one => IsOf(one, value)))
            {
                yield return $"{path}: {value.ValueKind} is none of {string.Join(", ", types)}";
            }
        }
        if (schema.TryGetProperty("enum", out var values) && !values.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)))
        {
            yield return $"{path}: {value} is no value of it";
        }
        if (value.ValueKind == JsonValueKind.Object && schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)))
            {
                yield return $"{path}.{name}: is missing";
            }
        }
    }

    private IEnumerable<string> Members(JsonElement schema, JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out var known))
        {
            return [];
        }
        var isOpen = schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.True;
        return value.EnumerateObject().SelectMany(member =>
            known.TryGetProperty(member.Name, out var its) ? Faults(its, member.Value, $"{path}.{member.Name}") : isOpen ? [] : [$"{path}.{member.Name}: is not described"]);
    }

    private IEnumerable<string> Items(JsonElement schema, JsonElement value, string path) =>
        value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items)
            ? value.EnumerateArray().Index().SelectMany(item => Faults(items, item.Item, $"{path}[{item.Index}]")) : [];

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        _ => false,
    };
}
