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
    [InlineData("path")]
    [InlineData("method")]
    [InlineData("query")]
    [InlineData("answer")]
    [InlineData("answer left out")]
    [InlineData("answer type")]
    [InlineData("request")]
    [InlineData("request needed")]
    [InlineData("status")]
    public void Find_OfSomethingBroken_FindsIt(string what)
    {
        var changed = JsonNode.Parse(ApiDescription.Bytes)!.AsObject();
        Break(changed, what);

        var found = new BreakingChanges(Parse(ApiDescription.Bytes), Parse(JsonSerializer.SerializeToUtf8Bytes(changed))).Find();

        Assert.NotEmpty(found);
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
            default:
                paths[Roles]!["post"]!["responses"]!.AsObject().Remove("201");
                break;
        }
    }

    private static JsonObject Schema(JsonObject description, string name) => description["components"]!["schemas"]![name]!.AsObject();

    private static JsonElement Parse(byte[] json) => JsonDocument.Parse(json).RootElement;
}
