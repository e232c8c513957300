using System.Text.Json;
using System.Text.Json.Nodes;
using AuthzCluster.Api.OpenApi;

namespace AuthzCluster.Http.Tests.OpenApi;

/// <summary>The description keeps what the released one promises. With a release, what is found becomes the released one.</summary>
public sealed class ReleasedTests
{
    private const string Role = "/api/v1/roles/{role}", Roles = "/api/v1/roles";

    [Fact]
    public void Description_AgainstTheReleasedOne_BreaksNothing()
    {
        File.WriteAllBytes(Path.Combine(AppContext.BaseDirectory, "openapi.v1.found.json"), ApiDescription.Bytes);
        var released = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "Http", "OpenApi", "openapi.v1.released.json"))).RootElement;

        Assert.Empty(new BreakingChanges(released, Parse(ApiDescription.Bytes)).Find());
    }

    [Theory]
    [InlineData("path", "is gone")]
    [InlineData("method", "is gone")]
    [InlineData("query", "is taken no more")]
    [InlineData("query type", "is of another type")]
    [InlineData("query form", "is in another form")]
    [InlineData("parameter needed", "is needed")]
    [InlineData("body", "its body is taken no more")]
    [InlineData("body needed", "a body is needed")]
    [InlineData("body type", "application/yaml is gone")]
    [InlineData("answer", "user_count is gone")]
    [InlineData("answer left out", "may be left out")]
    [InlineData("answer type", "is of another type")]
    [InlineData("answer items", "is of another type")]
    [InlineData("answer media", "application/json is gone")]
    [InlineData("answer header", "has no ETag any more")]
    [InlineData("request", "permissions is gone")]
    [InlineData("request needed", "permissions is needed")]
    [InlineData("request values", "has fewer values")]
    [InlineData("request choice", "is taken no more")]
    [InlineData("request in a choice", "is taken no more")]
    [InlineData("answer choice", "is a new one")]
    [InlineData("answer in a choice", "is a new one")]
    [InlineData("status", "is answered no more")]
    [InlineData("problem", "detail is gone")]
    [InlineData("problem type", "is of another type")]
    public void Find_OfSomethingBroken_FindsIt(string what, string told)
    {
        var changed = JsonNode.Parse(ApiDescription.Bytes)!.AsObject();
        Break(changed, what);

        var found = new BreakingChanges(Parse(ApiDescription.Bytes), Parse(JsonSerializer.SerializeToUtf8Bytes(changed))).Find();

        Assert.Contains(found, one => one.Contains(told, StringComparison.Ordinal));
        Assert.Empty(new BreakingChanges(Parse(ApiDescription.Bytes), Parse(ApiDescription.Bytes)).Find());
    }

    [Fact]
    public void Find_OfWhatIsNew_FindsNothing()
    {
        var changed = JsonNode.Parse(ApiDescription.Bytes)!.AsObject();
        changed["paths"]!["/api/v1/new"] = changed["paths"]![Roles]!.DeepClone();
        Schema(changed, "Role")["properties"]!["new"] = new JsonObject { ["type"] = "string" };
        Schema(changed, "RoleBody")["properties"]!["new"] = new JsonObject { ["type"] = "string" };

        Assert.Empty(new BreakingChanges(Parse(ApiDescription.Bytes), Parse(JsonSerializer.SerializeToUtf8Bytes(changed))).Find());
    }

    private static void Break(JsonObject description, string what)
    {
        var paths = description["paths"]!.AsObject();
        switch (what)
        {
            case "path":
                paths.Remove(Role);
                break;
            case "method":
                paths[Role]!.AsObject().Remove("put");
                break;
            case "query":
                paths[Roles]!["get"]!["parameters"]!.AsArray().Clear();
                break;
            case "answer":
                Schema(description, "Role")["properties"]!.AsObject().Remove("user_count");
                break;
            case "answer left out":
                Schema(description, "Role").Remove("required");
                break;
            case "answer type":
                Schema(description, "Role")["properties"]!["user_count"] = new JsonObject { ["type"] = "string" };
                break;
            case "request":
                Schema(description, "RoleBody")["properties"]!.AsObject().Remove("permissions");
                break;
            case "request needed":
                Schema(description, "RoleBody")["required"]!.AsArray().Add("permissions");
                break;
            case "query type":
                Query(paths, "limit")["schema"]!["type"] = "boolean";
                break;
            case "query form":
                Query(paths, "q")["schema"]!["format"] = "date-time";
                break;
            case "parameter needed":
                Query(paths, "q")["required"] = true;
                break;
            case "body":
                paths[Roles]!["post"]!.AsObject().Remove("requestBody");
                break;
            case "body needed":
                paths["/api/v1/api-keys/{api_key}/rotate"]!["post"]!["requestBody"]!["required"] = true;
                break;
            case "body type":
                paths["/api/v1/import"]!["post"]!["requestBody"]!["content"]!.AsObject().Remove("application/yaml");
                break;
            case "answer items":
                Schema(description, "Role")["properties"]!["permissions"]!["items"]!["type"] = "integer";
                break;
            case "answer media":
                paths[Role]!["get"]!["responses"]!["200"]!["content"]!.AsObject().Remove("application/json");
                break;
            case "answer header":
                paths[Role]!["get"]!["responses"]!["200"]!["headers"]!.AsObject().Remove("ETag");
                break;
            case "request values":
                Schema(description, "ModelBody")["properties"]!["version"]!["enum"] = new JsonArray(2);
                Schema(description, "AuthZenQuestions")["properties"]!["options"]!["properties"]!["evaluations_semantic"]!["enum"]!.AsArray().RemoveAt(0);
                break;
            case "request choice":
                Schema(description, "Import")["anyOf"]!.AsArray().RemoveAt(0);
                break;
            case "request in a choice":
                Schema(description, "ModelBody")["required"]!.AsArray().Add("policies");
                break;
            case "answer choice":
                Schema(description, "ImportReport")["anyOf"]!.AsArray().Add(new JsonObject { ["type"] = "string" });
                break;
            case "answer in a choice":
                Schema(description, "ModelReport")["properties"]!.AsObject().Remove("created");
                break;
            case "problem":
                Schema(description, "Problem")["properties"]!.AsObject().Remove("detail");
                break;
            case "problem type":
                Schema(description, "Problem")["properties"]!["status"]!["type"] = "string";
                break;
            default:
                paths[Roles]!["post"]!["responses"]!.AsObject().Remove("201");
                break;
        }
    }

    private static JsonObject Query(JsonObject paths, string name) => paths[Roles]!["get"]!["parameters"]!.AsArray().Single(one => one!["name"]!.GetValue<string>() == name)!.AsObject();

    private static JsonObject Schema(JsonObject description, string name) => description["components"]!["schemas"]![name]!.AsObject();

    private static JsonElement Parse(byte[] json) => JsonDocument.Parse(json).RootElement;
}
