using System.Globalization;
using System.Text.Json.Nodes;
using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.OpenApi;

/// <summary>One endpoint in OpenAPI.</summary>
internal static class OperationText
{
    private static readonly string[] Numbers = ["limit"], Flags = ["include_built_in", "effective", "force", "include_inactive", "dry_run", "follow"], Times = ["at", "from", "to"];

    public static JsonObject Of(ApiEndpoint endpoint, EndpointText text)
    {
        var operation = new JsonObject
        {
            ["operationId"] = IdOf(endpoint),
            ["summary"] = text.Summary,
            ["tags"] = new JsonArray(endpoint.Pattern.Split('/') is [_, "api", _, var group, ..] ? group : endpoint.IsAuthZen ? "authzen" : "service"),
            ["description"] = Needs(endpoint),
            ["parameters"] = new JsonArray([.. Parameters(endpoint)]),
        };
        if (endpoint.IsOpen)
        {
            operation["security"] = new JsonArray();
        }
        if (text.Body is not null)
        {
            operation["requestBody"] = new JsonObject { ["required"] = !text.IsBodyOptional, ["content"] = Content(text) };
        }
        operation["responses"] = ResponseTexts.Of(endpoint, text);
        return operation;
    }

    private static JsonObject Content(EndpointText text)
    {
        var media = new JsonObject { ["schema"] = Ref(text.Body!) };
        if (text.Example is not null)
        {
            media["example"] = JsonNode.Parse(text.Example);
        }
        var content = new JsonObject { [MediaTypes.Json] = media };
        foreach (var (type, schema) in text.OtherBodies)
        {
            content[type] = new JsonObject { ["schema"] = Ref(schema) };
        }
        return content;
    }

    private static string IdOf(ApiEndpoint endpoint) =>
        endpoint.Method.ToLowerInvariant() + string.Concat(endpoint.Pattern.Replace("/api/v1", "", StringComparison.Ordinal)
            .Split(['/', '-', '.', '_'], StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.StartsWith('{') ? "By" + Capital(part.Trim('{', '}')) : Capital(part.Trim('}'))));

    private static string Capital(string part) => char.ToUpperInvariant(part[0]) + part[1..];

    private static string Needs(ApiEndpoint endpoint) => string.Create(CultureInfo.InvariantCulture,
        $"{(endpoint.IsOpen ? "Needs no credential." : endpoint.Right is { } right ? $"Needs `{right}`{(endpoint.IsOfSystem ? " in the tenant `system`" : "")}." : endpoint.IsQuestion ? "About oneself needs nothing; about others `authz.evaluate:execute`." : "Needs a credential.")}{(endpoint.Feature == Feature.Always ? "" : $" Not in every edition.")}{(endpoint.Method is "GET" or "DELETE" ? "" : $" Bodies of at most {endpoint.BodyLimit} bytes.")}");

    private static IEnumerable<JsonNode> Parameters(ApiEndpoint endpoint)
    {
        foreach (var name in endpoint.Parameters)
        {
            yield return Parameter(name, "path", "string", isRequired: true);
        }
        foreach (var name in endpoint.Query)
        {
            // Where there is no `to`, `from` is a sequence.
            var isSequence = name == "from" && !endpoint.Query.Contains("to");
            yield return Parameter(name, "query", isSequence || Numbers.Contains(name) ? "integer" : Flags.Contains(name) ? "boolean" : "string", isRequired: false);
        }
        foreach (var (name, what) in Headers(endpoint))
        {
            var header = Parameter(name, "header", "string", isRequired: false);
            header["description"] = what;
            yield return header;
        }
    }

    private static IEnumerable<(string Name, string What)> Headers(ApiEndpoint endpoint)
    {
        if (!endpoint.IsOpen)
        {
            yield return ("X-Tenant-Id", "The tenant, where the path has no `/tenants/{tenant}`; else `default`");
        }
        yield return ("X-Request-Id", "Echoed, and on the audit record");
        if (endpoint.IsWrite)
        {
            yield return ("Idempotency-Key", "The same key and request: the same answer, done once");
        }
        if (endpoint.TakesIfMatch)
        {
            yield return ("If-Match", "The version that is to be changed, an ETag as it was told: 412 where it is another by now");
        }
        if (endpoint.Resumes)
        {
            yield return ("Last-Event-ID", "The last event that was had: it goes on behind that");
        }
    }

    private static JsonObject Parameter(string name, string place, string type, bool isRequired)
    {
        var schema = new JsonObject { ["type"] = type };
        if (type == "string" && Times.Contains(name))
        {
            schema["format"] = "date-time";
        }
        return new JsonObject { ["name"] = name, ["in"] = place, ["required"] = isRequired, ["schema"] = schema };
    }

    /// <summary>Points to a schema.</summary>
    public static JsonObject Ref(string schema) => new() { ["$ref"] = $"#/components/schemas/{schema}" };
}
