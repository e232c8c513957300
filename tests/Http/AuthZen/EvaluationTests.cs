using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.AuthZen;

[Collection(ServerCollection.Name)]
public sealed class EvaluationTests(ServerFixture server)
{
    private const string Path = "/access/v1/evaluation";

    private const string Good = """{"subject":{"type":"user","id":"alice"},"action":{"name":"read"},"resource":{"type":"doc","id":"1"}}""";

    [Fact]
    public async Task Evaluation_OfWhatARoleGives_IsTrueAndSaysWhy()
    {
        var api = await TenantAsync();

        var reply = (await api.PostAsync(Path, Good)).Is(200);

        Assert.True(reply["decision"].GetBoolean());
        var context = reply["context"];
        Assert.Equal("reader", context.GetProperty("matched_role").GetString());
        Assert.True(context.GetProperty("model_revision").GetInt64() > 0);
        Assert.Equal("granted", Assert.Single(context.GetProperty("reason_user").EnumerateObject()).Name);
        Assert.Contains("reader", Assert.Single(context.GetProperty("reason_admin").EnumerateObject()).Value.GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluation_Denied_Is200()
    {
        var reply = await AskAsync(await TenantAsync(), Good.Replace("read", "write", StringComparison.Ordinal));
        Assert.False(reply["decision"].GetBoolean());
        Assert.Equal("permission_not_granted", Assert.Single(reply["context"].GetProperty("reason_user").EnumerateObject()).Name);
    }

    [Fact]
    public async Task Evaluation_ByWhoMayNotKnowWhy_HasNoReasonForAdministrators()
    {
        var api = await TenantAsync();
        await api.RoleAsync("asker", "authz.evaluate:execute");
        await api.AssignAsync("asker", "gate");

        var reply = await AskAsync(api.As(server.TokenOf("gate", api.Tenant)), Good);

        Assert.True(reply["context"].TryGetProperty("reason_user", out _));
        Assert.False(reply["context"].TryGetProperty("reason_admin", out _));
        (await api.As(server.TokenOf("nobody", api.Tenant)).PostAsync(Path, Good)).RefusedInText(403);
        Assert.True((await AskAsync(api.As(server.TokenOf("alice", api.Tenant)), Good))["decision"].GetBoolean());
    }

    [Fact]
    public async Task Evaluation_StoredAndSentProperties_AreJoined()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("owner", "doc:write:own");
        await api.AssignAsync("owner", "alice");
        (await api.PutAsync("/api/v1/entities/doc/mine", new { properties = new { owner_id = "alice" } })).Is(200);
        string Of(string id, string properties = "{}") =>
            $$$"""{"subject":{"type":"user","id":"alice"},"action":{"name":"write"},"resource":{"type":"doc","id":"{{{id}}}","properties":{{{properties}}}}}""";

        Assert.True((await AskAsync(api, Of("mine")))["decision"].GetBoolean());
        Assert.False((await AskAsync(api, Of("other")))["decision"].GetBoolean());
        Assert.True((await AskAsync(api, Of("other", """{"owner_id":"alice"}""")))["decision"].GetBoolean());
        Assert.False((await AskAsync(api, Of("mine", """{"owner_id":"bob"}""")))["decision"].GetBoolean());
    }

    [Theory]
    [InlineData("doc", "*")]
    [InlineData("*", "read")]
    [InlineData("doc.*", "read")]
    [InlineData("doc", "read:own")]
    [InlineData("doc:read", "own")]
    [InlineData("do c", "read")]
    [InlineData("doc", "lésen")]
    [InlineData("", "")]
    public async Task Evaluation_NameOutsideTheGrammar_IsFalseEvenForWhoMayEverything(string type, string action)
    {
        var api = await server.TenantAsync();
        await api.AssignAsync("super_admin", "root");
        var reply = await AskAsync(api, System.Text.Json.JsonSerializer.Serialize(new { subject = new { type = "user", id = "root" }, action = new { name = action }, resource = new { type, id = "1" } }));
        Assert.False(reply["decision"].GetBoolean());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{\"a\":1}x")]
    [InlineData("""{"action":{"name":"read"},"resource":{"type":"doc","id":"1"}}""")]
    [InlineData("""{"subject":{"type":"user","id":"alice"},"resource":{"type":"doc","id":"1"}}""")]
    [InlineData("""{"subject":{"type":"user","id":"alice"},"action":{"name":"read"}}""")]
    [InlineData("""{"subject":{"type":"user"},"action":{"name":"read"},"resource":{"type":"doc","id":"1"}}""")]
    [InlineData("""{"subject":{"id":"alice"},"action":{"name":"read"},"resource":{"type":"doc","id":"1"}}""")]
    [InlineData("""{"subject":{"type":"user","id":"alice"},"action":{},"resource":{"type":"doc","id":"1"}}""")]
    [InlineData("""{"subject":{"type":"user","id":"alice"},"action":{"name":"read"},"resource":{"type":"doc"}}""")]
    [InlineData("""{"subject":{"type":"user","id":"alice"},"action":{"name":1},"resource":{"type":"doc","id":"1"}}""")]
    [InlineData("""{"subject":"alice","action":{"name":"read"},"resource":{"type":"doc","id":"1"}}""")]
    [InlineData("""{"subject":{"type":"user","id":7},"action":{"name":"read"},"resource":{"type":"doc","id":"1"}}""")]
    [InlineData("""{"subject":{"type":"user","id":"alice"},"action":{"name":"read"},"resource":{"type":"doc","id":"1"},"context":"x"}""")]
    [InlineData("""{"subject":{"type":"user","id":"alice","properties":[]},"action":{"name":"read"},"resource":{"type":"doc","id":"1"}}""")]
    [InlineData("""{"subject":{"type":"user","id":"alice","id":"bob"},"action":{"name":"read"},"resource":{"type":"doc","id":"1"}}""")]
    [InlineData("""{"x":1,"x":2,"subject":{"type":"user","id":"alice"},"action":{"name":"read"},"resource":{"type":"doc","id":"1"}}""")]
    [InlineData("""{"x":{"a":1,"a":2},"subject":{"type":"user","id":"alice"},"action":{"name":"read"},"resource":{"type":"doc","id":"1"}}""")]
    public async Task Evaluation_Malformed_Is400WithAMessage(string body) => (await (await TenantAsync()).PostAsync(Path, body)).RefusedInText(400);

    [Theory]
    [InlineData("""{"extra":{"deep":[1,{"x":null}]},"subject":{"type":"user","id":"alice","more":1},"action":{"name":"read","verb":"x"},"resource":{"type":"doc","id":"1","name":"n"}}""")]
    [InlineData("""{"subject":{"type":"user","id":"alice"},"action":{"name":"read"},"resource":{"type":"doc","id":"1"},"context":{"time":"yesterday at noon"}}""")]
    [InlineData("""{"subject":{"type":"user","id":"alice"},"action":{"name":"read"},"resource":{"type":"doc","id":"1"},"context":{"time":17}}""")]
    [InlineData("""{"subject":{"type":"user","id":"alice","properties":null},"action":{"name":"read"},"resource":{"type":"doc","id":"1"},"context":null,"evaluations":7,"options":8}""")]
    [InlineData("""{"subject":{"type":"user","id":"alice","name":7},"action":{"name":"read","id":7,"type":[]},"resource":{"type":"doc","id":"1","name":{"en":"one"}}}""")]
    public async Task Evaluation_WithWhatIsNotKnown_IsAnswered(string body) => Assert.True((await AskAsync(await TenantAsync(), body))["decision"].GetBoolean());

    [Theory]
    [InlineData("text/plain", 400)]
    [InlineData("application/xml", 400)]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("application/json", 200)]
    public async Task Evaluation_ContentType_IsJson(string type, int status) =>
        (await (await TenantAsync()).PostAsync(Path, Good, ("Content-Type", type))).Is(status);

    [Fact]
    public async Task Evaluation_RequestIdAndMethods_AreAsTheSpecificationSays()
    {
        var api = await TenantAsync();
        Assert.Equal("my-id-7", (await api.PostAsync(Path, Good, ("X-Request-ID", "my-id-7"))).Headers["X-Request-Id"]);
        Assert.Equal("my-id-8", (await api.PostAsync(Path, "{", ("X-Request-ID", "my-id-8"))).RefusedInText(400).Headers["X-Request-Id"]);
        (await api.GetAsync(Path)).RefusedInText(405);
        (await api.PutAsync(Path, Good)).RefusedInText(405);
        (await api.As("").PostAsync(Path, Good)).RefusedInText(401);
        (await api.As("nonsense").PostAsync(Path, "{")).RefusedInText(401);
    }

    private async Task<ApiClient> TenantAsync()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("reader", "doc:read");
        await api.AssignAsync("reader", "alice");
        return api;
    }

    private static async Task<Reply> AskAsync(ApiClient api, string body) => (await api.PostAsync(Path, body)).Is(200);
}
