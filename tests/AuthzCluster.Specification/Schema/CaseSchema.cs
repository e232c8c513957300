using System.Text.Json.Nodes;
using AuthzCluster.Specification.Cases;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Specification.Schema;

/// <summary>The JSON schema of case files, and whether a text keeps to it.</summary>
public sealed class CaseSchema(JsonObject schema)
{
    /// <summary>The schema beside the cases.</summary>
    public static CaseSchema Load() => new(JsonNode.Parse(CaseSuite.ReadText("authz-case.schema.json"))!.AsObject());

    /// <summary>The keys of each part of a case that allows only known ones, by the part's name in <c>$defs</c>.</summary>
    public IReadOnlyDictionary<string, string[]> Parts { get; } = schema["$defs"]!.AsObject()
        .Where(part => part.Value!["properties"] is not null)
        .ToDictionary(part => part.Key, part => part.Value!["properties"]!.AsObject().Select(property => property.Key).ToArray());

    /// <summary>Each breach as <c>PATH: what</c>; none when the text keeps to the schema.</summary>
    public IReadOnlyList<string> Check(string yaml) => new SchemaCheck(schema).Breaches(YamlValues.ToJson(YamlValues.ToAttribute(YamlValues.Parse(yaml))));
}
