using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AuthzCluster.Specification.Schema;

/// <summary>The part of JSON Schema 2020-12 that our own schema uses; a keyword beyond it is an error, not a silent pass.</summary>
internal sealed class SchemaCheck(JsonObject root)
{
    private static readonly string[] Annotations = ["$schema", "$defs", "title", "description"];

    public IReadOnlyList<string> Breaches(JsonNode? value) => [.. Check(root, value, "$")];

    private IEnumerable<string> Check(JsonNode schema, JsonNode? value, string path) =>
        schema.AsObject().SelectMany(keyword => Check(schema, keyword.Key, keyword.Value!, value, path));

    private IEnumerable<string> Check(JsonNode schema, string keyword, JsonNode rule, JsonNode? value, string path) => keyword switch
    {
        _ when Annotations.Contains(keyword) => [],
        "$ref" => Check(Resolve(rule.GetValue<string>()), value, path),
        "type" => When(TypeOf(value) != rule.GetValue<string>() && !(rule.GetValue<string>() == "number" && TypeOf(value) == "integer"),
            $"{path}: must be {rule}, is {TypeOf(value)}"),
        "enum" => When(!rule.AsArray().Any(one => JsonNode.DeepEquals(one, value)), $"{path}: {value} is none of {rule.ToJsonString()}"),
        "anyOf" => When(rule.AsArray().All(one => Check(one!, value, path).Any()),
            $"{path}: fits none: {string.Join(" / ", rule.AsArray().SelectMany(one => Check(one!, value, path)))}"),
        "pattern" => When(value is JsonValue && TypeOf(value) == "string" && !Regex.IsMatch(value.GetValue<string>(), rule.GetValue<string>()),
            $"{path}: {value} does not match {rule}"),
        "minimum" => When(TypeOf(value) == "integer" && value!.GetValue<decimal>() < rule.GetValue<decimal>(), $"{path}: below {rule}"),
        "maximum" => When(TypeOf(value) == "integer" && value!.GetValue<decimal>() > rule.GetValue<decimal>(), $"{path}: above {rule}"),
        "minItems" => When(value is JsonArray few && few.Count < rule.GetValue<int>(), $"{path}: fewer than {rule} items"),
        "items" => value is JsonArray list ? list.SelectMany((item, i) => Check(rule, item, $"{path}[{i}]")) : [],
        "required" => value is JsonObject thing
            ? rule.AsArray().Where(name => !thing.ContainsKey(name!.GetValue<string>())).Select(name => $"{path}: lacks {name}") : [],
        "properties" => value is JsonObject known
            ? rule.AsObject().Where(property => known.ContainsKey(property.Key))
                .SelectMany(property => Check(property.Value!, known[property.Key], $"{path}.{property.Key}")) : [],
        "additionalProperties" => value is JsonObject open ? Others(schema, rule, open, path) : [],
        _ => throw new NotSupportedException($"JSON Schema keyword `{keyword}`"),
    };

    private IEnumerable<string> Others(JsonNode schema, JsonNode rule, JsonObject value, string path) =>
        value.Where(member => schema["properties"]?[member.Key] is null).SelectMany(member => rule is JsonObject
            ? Check(rule, member.Value, $"{path}.{member.Key}")
            : When(!rule.GetValue<bool>(), $"{path}: `{member.Key}` is no known key"));

    private JsonNode Resolve(string reference) =>
        reference["#/".Length..].Split('/').Aggregate((JsonNode)root, (node, name) => node[name]!);

    private static IEnumerable<string> When(bool broken, string message) => broken ? [message] : [];

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => decimal.IsInteger(decimal.Parse(value.ToJsonString(), System.Globalization.NumberStyles.Float)) ? "integer" : "number",
        JsonValueKind.String => "string",
        JsonValueKind.Array => "array",
        _ => "object",
    };
}
