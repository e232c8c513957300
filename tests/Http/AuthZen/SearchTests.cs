using System.Text.Json;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.AuthZen;

[Collection(ServerCollection.Name)]
public sealed class SearchTests(ServerFixture server)
{
    private const string Subjects = "/access/v1/search/subject", Resources = "/access/v1/search/resource", Actions = "/access/v1/search/action";

    private const string WhoReads = """{"subject":{"type":"user"},"action":{"name":"read"},"resource":{"type":"doc","id":"mine"}}""";

    [Fact]
    public async Task Subjects_AreThoseWhomACheckAllows()
    {
        var api = await TenantAsync();
        Assert.Equal(["alice", "bob", "tim"], Ids(await SearchAsync(api, Subjects, WhoReads)));
        Assert.Equal(["alice"], Ids(await SearchAsync(api, Subjects, """{"subject":{"type":"user","id":"ignored"},"action":{"name":"write"},"resource":{"type":"doc","id":"mine"}}""")));
        Assert.Equal(["robot"], Ids(await SearchAsync(api, Subjects, """{"subject":{"type":"service"},"action":{"name":"read"},"resource":{"type":"doc","id":"mine"}}""")));
    }

    [Fact]
    public async Task Subjects_WhomAPolicyGives_AreFoundThoughTheyHoldNothing()
    {
        var api = await TenantAsync();
        (await api.PutAsync("/api/v1/entities/user/zoe", new { properties = new { vip = true } })).Is(200);
        (await api.PutAsync("/api/v1/entities/user/yan", new { properties = new { vip = false } })).Is(200);
        (await api.PostAsync("/api/v1/policies", new
        {
            name = "vips", effect = "allow", resources = new[] { "doc:read" }, grant_permissions = new[] { "doc:read" },
            conditions = new[] { new { type = "attribute_match", @params = new { attribute = "subject.vip", @operator = "eq", expected = true } } },
        })).Is(201);
        Assert.Equal(["alice", "bob", "tim", "zoe"], Ids(await SearchAsync(api, Subjects, WhoReads)).Order());
    }

    [Fact]
    public async Task Resources_AreTheStoredOnesThatACheckAllows()
    {
        var api = await TenantAsync();
        Assert.Equal(["mine"], Ids(await SearchAsync(api, Resources, """{"subject":{"type":"user","id":"alice"},"action":{"name":"write"},"resource":{"type":"doc","id":"ignored"}}""")));
        Assert.Equal(["mine", "other"], Ids(await SearchAsync(api, Resources, """{"subject":{"type":"user","id":"alice"},"action":{"name":"read"},"resource":{"type":"doc"}}""")));
    }

    [Fact]
    public async Task Actions_AreTheKnownOnesThatACheckAllows()
    {
        var api = await TenantAsync();
        Assert.Equal(["read", "write"], Names(await SearchAsync(api, Actions, """{"subject":{"type":"user","id":"alice"},"action":{"name":7},"resource":{"type":"doc","id":"mine"}}""")));
        Assert.Equal(["read"], Names(await SearchAsync(api, Actions, """{"subject":{"type":"user","id":"alice"},"resource":{"type":"doc","id":"other"}}""")));
    }

    [Theory]
    [InlineData(Subjects, """{"subject":{"type":"alien"},"action":{"name":"read"},"resource":{"type":"doc","id":"mine"}}""")]
    [InlineData(Subjects, """{"subject":{"type":"user"},"action":{"name":"fly"},"resource":{"type":"doc","id":"mine"}}""")]
    [InlineData(Subjects, """{"subject":{"type":"user"},"action":{"name":"*"},"resource":{"type":"doc","id":"mine"}}""")]
    [InlineData(Subjects, """{"subject":{"type":"team"},"action":{"name":"read"},"resource":{"type":"doc","id":"mine"}}""")]
    [InlineData(Resources, """{"subject":{"type":"user","id":"nobody"},"action":{"name":"read"},"resource":{"type":"doc"}}""")]
    [InlineData(Resources, """{"subject":{"type":"user","id":"alice"},"action":{"name":"read"},"resource":{"type":"ufo"}}""")]
    [InlineData(Actions, """{"subject":{"type":"user","id":"nobody"},"resource":{"type":"doc","id":"mine"}}""")]
    [InlineData(Actions, """{"subject":{"type":"user","id":"alice"},"resource":{"type":"u f o","id":"mine"}}""")]
    public async Task Search_OfWhatIsNotThere_FindsNothing(string path, string body)
    {
        var reply = await SearchAsync(await TenantAsync(), path, body);
        Assert.Empty(reply["results"].EnumerateArray());
        Assert.Equal("", Next(reply));
    }

    [Theory]
    [InlineData(Subjects, """{"action":{"name":"read"},"resource":{"type":"doc","id":"mine"}}""")]
    [InlineData(Subjects, """{"subject":{},"action":{"name":"read"},"resource":{"type":"doc","id":"mine"}}""")]
    [InlineData(Subjects, """{"subject":{"type":"user"},"resource":{"type":"doc","id":"mine"}}""")]
    [InlineData(Subjects, """{"subject":{"type":"user"},"action":{"name":"read"},"resource":{"type":"doc"}}""")]
    [InlineData(Resources, """{"subject":{"type":"user"},"action":{"name":"read"},"resource":{"type":"doc"}}""")]
    [InlineData(Resources, """{"subject":{"type":"user","id":"alice"},"action":{"name":"read"},"resource":{"id":"x"}}""")]
    [InlineData(Actions, """{"subject":{"type":"user","id":"alice"},"resource":{"type":"doc"}}""")]
    [InlineData(Subjects, """{"subject":{"type":"user"},"action":{"name":"read"},"resource":{"type":"doc","id":"mine"},"page":{"limit":0}}""")]
    [InlineData(Subjects, """{"subject":{"type":"user"},"action":{"name":"read"},"resource":{"type":"doc","id":"mine"},"page":{"limit":"5"}}""")]
    [InlineData(Subjects, """{"subject":{"type":"user"},"action":{"name":"read"},"resource":{"type":"doc","id":"mine"},"page":{"token":5}}""")]
    [InlineData(Subjects, """{"page":{"token":"bm90IG91cnM"}}""")]
    [InlineData(Subjects, "[]")]
    public async Task Search_Malformed_Is400(string path, string body) => (await (await TenantAsync()).PostAsync(path, body)).RefusedInText(400);

    [Fact]
    public async Task Pages_GoOnWithTheTokenAlone_AndAreOfOneSearch()
    {
        var api = await TenantAsync();
        var first = await SearchAsync(api, Subjects, WhoReads[..^1] + ""","page":{"limit":1}}""");
        var token = Next(first);
        Assert.Equal(["alice"], Ids(first));

        var second = await SearchAsync(api, Subjects, Page(token));
        var third = await SearchAsync(api, Subjects, WhoReads[..^1] + $$$""","page":{"token":"{{{Next(second)}}}"}}""");

        Assert.Equal(["bob"], Ids(second));
        Assert.Equal(["tim"], Ids(third));
        Assert.Equal("", Next(third));
        (await api.PostAsync(Subjects, WhoReads.Replace("read", "write", StringComparison.Ordinal)[..^1] + $$$""","page":{"token":"{{{token}}}"}}""")).RefusedInText(400);
        (await api.PostAsync(Resources, Page(token))).RefusedInText(400);
        (await api.PostAsync(Subjects, Page(token[..^2] + (token[^2] == 'A' ? "B" : "A") + token[^1]))).RefusedInText(400);
        (await (await TenantAsync()).PostAsync(Subjects, Page(token))).RefusedInText(400);
    }

    [Theory]
    [InlineData(Subjects, """{"subject":{"type":"user","id":7},"action":{"name":"read"},"resource":{"type":"doc","id":"mine"}}""")]
    [InlineData(Resources, """{"subject":{"type":"user","id":"alice"},"action":{"name":"read"},"resource":{"type":"doc","id":["mine"]}}""")]
    public async Task Search_WhateverIdIsSentOfWhatIsLookedFor_PassesItOver(string path, string body) => Assert.NotEmpty(Ids(await SearchAsync(await TenantAsync(), path, body)));

    [Theory]
    [InlineData("5000000000")]
    [InlineData("1e20")]
    [InlineData("3.0")]
    public async Task Pages_OfAnyWholeNumber_AreAsLargeAsTheyMayBe(string limit) =>
        Assert.Equal(["alice", "bob", "tim"], Ids(await SearchAsync(await TenantAsync(), Subjects, $$$"""{{{WhoReads[..^1]}}},"page":{"limit":{{{limit}}}}}""")));

    [Theory]
    [InlineData("0.5")]
    [InlineData("1.5")]
    [InlineData("-1")]
    public async Task Pages_OfNoWholeNumber_Are400(string limit) =>
        (await (await TenantAsync()).PostAsync(Subjects, $$$"""{{{WhoReads[..^1]}}},"page":{"limit":{{{limit}}}}}""")).RefusedInText(400);

    [Fact]
    public async Task Pages_OfActions_GoOnWhateverActionIsSent()
    {
        var api = await TenantAsync();
        var first = await SearchAsync(api, Actions, """{"subject":{"type":"user","id":"alice"},"resource":{"type":"doc","id":"mine"},"action":"ignored","page":{"limit":1}}""");
        Assert.Equal(["read"], Names(first));
        Assert.Equal(["write"], Names(await SearchAsync(api, Actions, $$$"""{"action":{"name":"ignored"},"page":{"token":"{{{Next(first)}}}"}}""")));
    }

    [Fact]
    public async Task Pages_AreDecidedAsTheyAreAskedFor()
    {
        var api = await TenantAsync();
        var first = await SearchAsync(api, Subjects, WhoReads[..^1] + ""","page":{"limit":1}}""");
        (await api.DeleteAsync("/api/v1/roles/reader/users/bob")).Is(204);
        Assert.Equal(["tim"], Ids(await SearchAsync(api, Subjects, Page(Next(first)))));
    }

    [Fact]
    public async Task Search_OfOthers_NeedsTheRightToAsk()
    {
        var api = await TenantAsync();
        var alice = api.As(server.TokenOf("alice", api.Tenant));
        (await alice.PostAsync(Subjects, WhoReads)).RefusedInText(403);
        (await alice.PostAsync(Actions, """{"subject":{"type":"user","id":"bob"},"resource":{"type":"doc","id":"mine"}}""")).RefusedInText(403);
        Assert.Equal(["read", "write"], Names(await SearchAsync(alice, Actions, """{"subject":{"type":"user","id":"alice"},"resource":{"type":"doc","id":"mine"}}""")));
    }

    [Fact]
    public async Task Native_WithExplain_TellsTheDecisionOfEach()
    {
        var api = await TenantAsync();
        var reply = (await api.PostAsync("/api/v1/search/subject", """{"subject":{"type":"user"},"permission":"doc:read","explain":true,"limit":2}""")).Is(200);
        Assert.Equal(["alice", "bob"], reply.Items.Select(item => item.GetProperty("id").GetString()));
        Assert.All(reply.Items, item => Assert.Equal("reader", item.GetProperty("matched_role").GetString()));
        Assert.All(reply.Items, item => Assert.NotEmpty(item.GetProperty("trace").EnumerateArray()));

        var next = (await api.PostAsync("/api/v1/search/subject", $$"""{"subject":{"type":"user"},"permission":"doc:read","limit":2,"page_token":"{{reply.NextPage}}"}""")).Is(200);
        Assert.Equal("tim", Assert.Single(next.Items).GetProperty("id").GetString());
        Assert.Null(next.NextPage);
        (await api.PostAsync("/api/v1/search/subject", $$"""{"subject":{"type":"user"},"permission":"doc:write","page_token":"{{reply.NextPage}}"}""")).Refused(400, "validation_failed", "page_token");
        (await api.PostAsync("/api/v1/search/subject", """{"subject":{"type":"user"},"permission":"doc:read","limits":2}""")).Refused(400, "validation_failed", "limits");
        (await api.PostAsync("/api/v1/search/subject", """{"subject":{"type":"user","id":"x"},"permission":"doc:read"}""")).Refused(400, "validation_failed", "subject.id");
        Assert.Equal(["mine"], (await api.PostAsync("/api/v1/search/resource", """{"subject":{"type":"user","id":"alice"},"permission":"doc:write"}""")).Is(200).Items.Select(item => item.GetProperty("id").GetString()));
        Assert.Equal(["read", "write"], (await api.PostAsync("/api/v1/search/action", """{"subject":{"type":"user","id":"alice"},"resource":{"type":"doc","id":"mine"}}""")).Is(200).Items.Select(item => item.GetProperty("name").GetString()));
    }

    private static string Page(string token) => $$$"""{"page":{"token":"{{{token}}}"}}""";

    private static string Next(Reply reply) => reply["page"].GetProperty("next_token").GetString()!;

    private static IEnumerable<string> Ids(Reply reply) => reply["results"].EnumerateArray().Select(item => item.GetProperty("id").GetString()!);

    private static IEnumerable<string> Names(Reply reply) => reply["results"].EnumerateArray().Select(item => item.GetProperty("name").GetString()!);

    private static async Task<Reply> SearchAsync(ApiClient api, string path, string body) => (await api.PostAsync(path, body)).Is(200);

    /// <summary>alice reads all and writes her own; bob reads; tim reads by his team, robot too; carl holds something else.</summary>
    private async Task<ApiClient> TenantAsync()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("reader", "doc:read");
        await api.RoleAsync("owner", "doc:write:own");
        await api.RoleAsync("clerk", "invoices:*");
        await api.AssignAsync("reader", "alice");
        await api.AssignAsync("owner", "alice");
        await api.AssignAsync("owner", "carl");
        await api.AssignAsync("clerk", "carl");
        await api.AssignAsync("reader", "bob");
        (await api.PostAsync("/api/v1/roles/reader/assign", """{"principal":{"type":"team","id":"crew"}}""")).Is(200);
        (await api.PutAsync("/api/v1/teams/crew/members/tim", null)).Is(204);
        (await api.PutAsync("/api/v1/teams/crew/members/service/robot", null)).Is(204);
        (await api.PutAsync("/api/v1/entities/doc/mine", new { properties = new { owner_id = "alice" } })).Is(200);
        (await api.PutAsync("/api/v1/entities/doc/other", new { properties = new { owner_id = "zed" } })).Is(200);
        return api;
    }
}
