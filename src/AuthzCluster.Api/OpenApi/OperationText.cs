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
            var media = new JsonObject { ["schema"] = Ref(text.Body) };
            if (text.Example is not null)
            {
                media["example"] = JsonNode.Parse(text.Example);
            }
            operation["requestBody"] = new JsonObject { ["required"] = !text.IsBodyOptional, ["content"] = new JsonObject { [MediaTypes.Json] = media } };
        }
        operation["responses"] = Responses(endpoint, text);
        return operation;
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
        if (endpoint.IsWrite)
        {
            yield return Parameter("Idempotency-Key", "header", "string", isRequired: false);
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

    private static JsonObject Responses(ApiEndpoint endpoint, EndpointText text)
    {
        var responses = new JsonObject { [Text(text.Status)] = Good(text) };
        if (text.OrStatus is { } other)
        {
            responses[Text(other)] = Good(text with { Answer = text.OrAnswer ?? text.Answer });
        }
        // As AuthZEN has it, an error is a message alone there.
        var (type, schema) = text.Answer == "Health" ? (MediaTypes.Json, "Health") : endpoint.IsAuthZen ? (MediaTypes.Json, "Text") : ("application/problem+json", "Problem");
        foreach (var (status, what) in Refusals(endpoint, text))
        {
            responses[Text(status)] = new JsonObject { ["description"] = what, ["content"] = new JsonObject { [type] = new JsonObject { ["schema"] = Ref(schema) } } };
        }
        return responses;
    }

    private static IEnumerable<(int Status, string What)> Refusals(ApiEndpoint endpoint, EndpointText text)
    {
        if (endpoint.IsOpen)
        {
            return text.Answer == "Health" ? [(503, "Not now")] : [];
        }
        List<(int, string)> all = [(400, "`validation_failed`: the errors name the fields"), (401, "`unauthenticated`"), (403, "`forbidden` or `feature_not_available`"), (404, "`not_found`, or what is not there by its kind"), (429, "`rate_limited`, with Retry-After"), (503, "`unavailable`, with Retry-After; nothing is half done")];
        if (endpoint.IsWrite)
        {
            all.AddRange([(409, "What is there does not allow it, by code"), (412, "`precondition_failed`: If-Match names another version")]);
        }
        if (text.Body is not null)
        {
            all.Add((413, "`payload_too_large`"));
            all.AddRange(endpoint.IsAuthZen ? [] : [(415, "`unsupported_media_type`")]);
        }
        return all.Order();
    }

    private static JsonObject Good(EndpointText text)
    {
        var response = new JsonObject { ["description"] = text.Summary };
        if (text.Answer is not null)
        {
            var content = new JsonObject { [text.MediaType] = new JsonObject { ["schema"] = Ref(text.Answer) } };
            foreach (var type in text.OtherTypes)
            {
                content[type] = new JsonObject { ["schema"] = Ref("Text") };
            }
            response["content"] = content;
        }
        return response;
    }

    private static JsonObject Ref(string schema) => new() { ["$ref"] = $"#/components/schemas/{schema}" };

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}
