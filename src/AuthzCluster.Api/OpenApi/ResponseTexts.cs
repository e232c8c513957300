using System.Globalization;
using System.Text.Json.Nodes;
using AuthzCluster.Api.Http;

namespace AuthzCluster.Api.OpenApi;

/// <summary>What an endpoint may answer: with which headers, and an example of each body.</summary>
internal static class ResponseTexts
{
    // What has a version tells it.
    private static readonly string[] Versioned = ["Role", "Policy", "Tenant", "Entity", "Webhook"];

    public static JsonObject Of(ApiEndpoint endpoint, EndpointText text)
    {
        var responses = new JsonObject { [Name(text.Status)] = Good(endpoint, text, text.Status) };
        if (text.OrStatus is { } other)
        {
            responses[Name(other)] = Good(endpoint, text with { Answer = text.OrAnswer ?? text.Answer }, other);
        }
        foreach (var (status, what) in Refusals(endpoint, text))
        {
            responses[Name(status)] = Refusal(endpoint, text, status, what);
        }
        return responses;
    }

    private static IEnumerable<(int Status, string What)> Refusals(ApiEndpoint endpoint, EndpointText text)
    {
        if (endpoint.IsOpen)
        {
            return text.Answer == "Health" ? [(400, "`validation_failed`: what the query has is not known"), (503, "Not now")] : [(400, "`validation_failed`: what the query or the path has is not known")];
        }
        List<(int, string)> all = [(400, "`validation_failed`: the errors name the fields"), (401, "`unauthenticated`"), (403, "`forbidden` or `feature_not_available`"), (404, "`not_found`, or what is not there by its kind"), (429, "`rate_limited`"), (500, "`internal`: the server's log has it under the request id"), (503, "`unavailable`; nothing is half done")];
        if (endpoint.IsWrite)
        {
            all.Add((409, "What is there does not allow it, by code"));
        }
        if (endpoint.TakesIfMatch)
        {
            all.Add((412, "`precondition_failed`: If-Match names another version"));
        }
        if (text.Body is not null)
        {
            all.Add((413, "`payload_too_large`"));
            all.AddRange(endpoint.IsAuthZen ? [] : [(415, "`unsupported_media_type`")]);
        }
        return all.Order();
    }

    private static JsonObject Refusal(ApiEndpoint endpoint, EndpointText text, int status, string what)
    {
        // As AuthZEN has it, an error is a message alone there.
        var (type, schema) = text.Answer == "Health" && status == 503 ? (MediaTypes.Json, "Health") : endpoint.IsAuthZen ? (MediaTypes.Json, "Text") : ("application/problem+json", "Problem");
        var media = new JsonObject { ["schema"] = OperationText.Ref(schema) };
        if (schema == "Problem" && ProblemSchemas.Example(status) is { } example)
        {
            media["example"] = JsonNode.Parse(example);
        }
        var response = new JsonObject { ["description"] = what, ["content"] = new JsonObject { [type] = media } };
        return With(response, schema == "Health" ? [] : status switch
        {
            401 => [("WWW-Authenticate", "string", "Which credentials there are")],
            429 or 503 => [("Retry-After", "integer", "After how many seconds to ask again")],
            _ => [],
        });
    }

    private static JsonObject Good(ApiEndpoint endpoint, EndpointText text, int status)
    {
        var response = new JsonObject { ["description"] = text.Summary };
        if (text.Answer is not null)
        {
            var media = new JsonObject { ["schema"] = OperationText.Ref(text.Answer) };
            if (text.MediaType == MediaTypes.Json && AnswerExamples.Of(text.Answer) is { } example)
            {
                media["example"] = example;
            }
            var content = new JsonObject { [text.MediaType] = media };
            foreach (var type in text.OtherTypes)
            {
                content[type] = new JsonObject { ["schema"] = OperationText.Ref("Text") };
            }
            response["content"] = content;
        }
        List<(string, string, string)> headers = [];
        if (text.TellsVersion && text.Answer is not null && Versioned.Contains(text.Answer))
        {
            headers.Add(("ETag", "string", "The version, for If-Match"));
        }
        if (status == 201)
        {
            headers.Add(("Location", "string", "The path of what was made"));
        }
        return With(response, headers);
    }

    private static JsonObject With(JsonObject response, IEnumerable<(string Name, string Type, string What)> headers)
    {
        var all = new JsonObject { ["X-Request-Id"] = Header("string", "The request's own id, or one given to it; it is on the audit record") };
        foreach (var (name, type, what) in headers)
        {
            all[name] = Header(type, what);
        }
        response["headers"] = all;
        return response;
    }

    private static JsonObject Header(string type, string what) => new() { ["description"] = what, ["schema"] = new JsonObject { ["type"] = type } };

    private static string Name(int status) => status.ToString(CultureInfo.InvariantCulture);
}
