using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AuthzCluster.Domain.Attributes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AuthzCluster.Testing.Cases;

/// <summary>Values of a case by YAML's core schema: plain <c>true</c>, <c>12</c> and <c>null</c> are typed, what is quoted is a string.</summary>
internal static partial class YamlValues
{
    public static YamlNode Parse(string text)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(text);
        stream.Load(reader);
        return stream.Documents.Single().RootNode;
    }

    public static bool IsNull(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    public static AttributeValue ToAttribute(YamlNode node) => node switch
    {
        YamlSequenceNode list => AttributeValue.Of([.. list.Children.Select(ToAttribute)]),
        YamlMappingNode map => AttributeValue.Of(AttributeBag.Of(map.Children.Select(pair =>
            KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, ToAttribute(pair.Value))))),
        _ when IsNull(node) => AttributeValue.Null,
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } flag => AttributeValue.Of(flag.Value == "true"),
        YamlScalarNode { Style: ScalarStyle.Plain } plain when Number().IsMatch(plain.Value!)
            && AttributeValue.TryParseNumber(plain.Value!, out var number) => number,
        _ => AttributeValue.Of(((YamlScalarNode)node).Value!),
    };

    public static JsonNode? ToJson(AttributeValue value) => value.Kind switch
    {
        AttributeKind.Null => null,
        AttributeKind.Boolean => JsonValue.Create(value.AsBoolean),
        AttributeKind.Number => JsonNode.Parse(value.NumberText),
        AttributeKind.String => JsonValue.Create(value.AsString),
        AttributeKind.List => new JsonArray([.. value.AsList.Select(ToJson)]),
        _ => new JsonObject(value.AsObject.Select(pair => KeyValuePair.Create(pair.Key, ToJson(pair.Value)))),
    };

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$")]
    private static partial Regex Number();
}
