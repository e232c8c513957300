using System.Text.Json;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.AuthZen;

[Collection(ServerCollection.Name)]
public sealed class EvaluationsTests(ServerFixture server)
{
    private const string Path = "/access/v1/evaluations";

    private const string Read = """{"action":{"name":"read"}}""", Write = """{"action":{"name":"write"}}""";

    [Theory]
    [InlineData("execute_all", "true,false,true")]
    [InlineData("deny_on_first_deny", "true,false")]
    [InlineData("permit_on_first_permit", "true")]
    [InlineData(null, "true,false,true")]
    public async Task Evaluations_Semantic_SaysWhereTheAnswersEnd(string? semantic, string expected)
    {
        var options = semantic is null ? "" : $",\"options\":{{\"evaluations_semantic\":\"{semantic}\"}}";
        Assert.Equal(expected, Decisions(await AskAsync($$"""{"subject":{"type":"user","id":"alice"},"resource":{"type":"doc","id":"1"},"evaluations":[{{Read}},{{Write}},{{Read}}]{{options}}}""")));
    }

    [Theory]
    [InlineData("\"first_come\"")]
    [InlineData("7")]
    [InlineData("\"EXECUTE_ALL\"")]
    public async Task Evaluations_UnknownSemantic_Is400(string semantic) => (await (await TenantAsync()).PostAsync(Path,
        $$$"""{"subject":{"type":"user","id":"alice"},"resource":{"type":"doc","id":"1"},"evaluations":[{{{Read}}}],"options":{"evaluations_semantic":{{{semantic}}}}}""")).RefusedInText(400);

    [Theory]
    [InlineData("")]
    [InlineData(""","evaluations":[]""")]
    [InlineData(""","evaluations":null""")]
    public async Task Evaluations_WithoutItems_IsOneEvaluation(string items)
    {
        var reply = await AskAsync($$"""{"subject":{"type":"user","id":"alice"},"action":{"name":"read"},"resource":{"type":"doc","id":"1"}{{items}}}""");
        Assert.True(reply["decision"].GetBoolean());
        (await (await TenantAsync()).PostAsync(Path, $$"""{"subject":{"type":"user","id":"alice"}{{items}}}""")).RefusedInText(400);
    }

    [Fact]
    public async Task Evaluations_Defaults_GiveWhatAnItemLacksAndNoProperties()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("owner", "doc:write:own", "note:write");
        await api.AssignAsync("owner", "alice");
        var reply = (await api.PostAsync(Path, """
            {"subject":{"type":"user","id":"alice"},"action":{"name":"write"},"resource":{"type":"doc","id":"1","properties":{"owner_id":"alice"}},
             "evaluations":[{}, {"resource":{"id":"2"}}, {"resource":{"properties":{"owner_id":"bob"}}}, {"resource":{"type":"note","id":"1"}}, {"subject":{"id":"bob"}}, {"subject":{"type":"service"}}]}
            """)).Is(200);
        Assert.Equal("true,false,false,true,false,false", Decisions(reply));
    }

    [Fact]
    public async Task Evaluations_FailingItem_IsFalseWithItsErrorInItsPlace()
    {
        var reply = await AskAsync($$$"""
            {"subject":{"type":"user","id":"alice"},"resource":{"type":"doc"},
             "evaluations":[{"action":{"name":"read"},"resource":{"id":"1"}}, {"resource":{"id":"1"}}, {"action":{"name":5},"resource":{"id":"1"}}, 7, {{{Read}}}, {"action":{"name":"read"},"resource":{"id":"1"}}]}
            """);
        Assert.Equal("true,false,false,false,false,true", Decisions(reply));
        foreach (var item in reply["evaluations"].EnumerateArray().Skip(1).Take(4))
        {
            var error = item.GetProperty("context").GetProperty("error");
            Assert.Equal(400, error.GetProperty("status").GetInt32());
            Assert.NotEmpty(error.GetProperty("message").GetString()!);
        }
    }

    [Theory]
    [InlineData("""{"evaluations":{}}""")]
    [InlineData("""{"evaluations":"x"}""")]
    [InlineData("""{"subject":"alice","evaluations":[{}]}""")]
    [InlineData("""{"options":[],"evaluations":[{}]}""")]
    [InlineData("""{"evaluations":[{"action":{"name":"a","name":"b"}}]}""")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task Evaluations_Malformed_Is400(string body) => (await (await TenantAsync()).PostAsync(Path, body)).RefusedInText(400);

    [Fact]
    public async Task Evaluations_AreDecidedAsOneByOne()
    {
        var api = await TenantAsync();
        var items = new[] { Read, Write }.SelectMany(action => new[] { "alice", "bob" }.Select(user => $$"""{"subject":{"type":"user","id":"{{user}}"},"resource":{"type":"doc","id":"1"},{{action[1..]}}""")).ToList();
        var all = (await api.PostAsync(Path, $$"""{"evaluations":[{{string.Join(',', items)}}]}""")).Is(200);
        for (var i = 0; i < items.Count; i++)
        {
            Assert.Equal((await api.PostAsync("/access/v1/evaluation", items[i])).Is(200).Text, all["evaluations"][i].GetRawText());
        }
    }

    private static string Decisions(Reply reply) => string.Join(',', reply["evaluations"].EnumerateArray().Select(item => item.GetProperty("decision").GetRawText()));

    private async Task<ApiClient> TenantAsync()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("reader", "doc:read");
        await api.AssignAsync("reader", "alice");
        return api;
    }

    private async Task<Reply> AskAsync(string body) => (await (await TenantAsync()).PostAsync(Path, body)).Is(200);
}
