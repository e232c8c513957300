using System.Text.Json;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies.JsonLogic;

namespace AuthzCluster.Domain.Tests.Policies.JsonLogic;

/// <summary>Evaluates rules over any data. In the tests' JSON a single quote stands for a double one.</summary>
internal static class Logic
{
    /// <summary>An operator with a list of arguments.</summary>
    public static string Call(string name, string arguments) => $"{{'{name}': [{arguments}]}}";

    /// <summary>An operator whose one argument is written without a list.</summary>
    public static string One(string name, string argument) => $"{{'{name}': {argument}}}";

    /// <summary>A rule comes to a value, to the last digit and type, whatever the data.</summary>
    public static void Is(string expected, string rule)
    {
        Is(expected, rule, "null");
        Is(expected, rule, "{}");
        Is(expected, rule, "{'subject': {'id': 'alice'}}");
    }

    /// <summary>A rule comes to a value over some data.</summary>
    public static void Is(string expected, string rule, string data) => Assert.Equal(Value(expected), Evaluate(Value(rule), Value(data)));

    /// <summary>A rule cannot be evaluated over some data.</summary>
    public static void Fails(string rule, string data = "null") => Assert.Null(Evaluate(Value(rule), Value(data)));

    /// <summary>What a rule comes to; null where it could not be evaluated.</summary>
    public static AttributeValue? Evaluate(AttributeValue rule, AttributeValue data)
    {
        var errors = new List<FieldError>();
        var node = LogicRules.Read(rule, "rule", errors);
        Assert.Empty(errors);
        var run = LogicRun.Over(data);
        var value = node!.Evaluate(ref run);
        return run.Failed ? null : value;
    }

    /// <summary>Reads JSON.</summary>
    public static AttributeValue Value(string json)
    {
        using var document = JsonDocument.Parse(json.Replace('\'', '"'));
        return Value(document.RootElement);
    }

    private static AttributeValue Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => AttributeValue.Of(json.GetBoolean()),
        JsonValueKind.Number when AttributeValue.TryParseNumber(json.GetRawText(), out var number) => number,
        JsonValueKind.String => AttributeValue.Of(json.GetString()!),
        JsonValueKind.Array => AttributeValue.Of([.. json.EnumerateArray().Select(Value)]),
        JsonValueKind.Object => AttributeValue.Of(AttributeBag.Of(json.EnumerateObject().Select(one => KeyValuePair.Create(one.Name, Value(one.Value))))),
        _ => AttributeValue.Null,
    };
}
