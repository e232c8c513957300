using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Endpoints;

[Collection(ServerCollection.Name)]
public sealed class EntityTests(ServerFixture server)
{
    private const string Import = "/api/v1/import?format=entities", Invoice = "/api/v1/entities/invoices/42";

    [Fact]
    public async Task Put_Get_List_Delete_AnswerAsTheContractSays()
    {
        var api = await server.TenantAsync();
        (await api.GetAsync(Invoice)).Refused(404, "not_found");
        var made = (await api.PutAsync(Invoice, """{"properties":{"owner_id":"alice","n":1.50,"tags":["a",null]}}""")).Is(200);
        Assert.Equal("\"1\"", made.Headers["ETag"]);
        Assert.Equal(("invoices", "42", 1), (made["type"].GetString(), made["id"].GetString(), made["version"].GetInt32()));
        Assert.Equal("alice", made["properties"].GetProperty("owner_id").GetString());
        var read = (await api.GetAsync(Invoice)).Is(200);
        Assert.Equal((made.Text, made.Headers["ETag"]), (read.Text, read.Headers["ETag"]));
        var list = (await api.GetAsync("/api/v1/entities/invoices")).Is(200);
        Assert.Equal(made.Text, Assert.Single(list.Items).GetRawText());
        Assert.Empty((await api.GetAsync("/api/v1/entities/Invoices")).Is(200).Items);

        Assert.Empty((await api.PutAsync(Invoice, "{}")).Is(200)["properties"].EnumerateObject());
        (await api.DeleteAsync(Invoice)).Is(204);
        (await api.DeleteAsync(Invoice)).Refused(404, "not_found");
        (await api.GetAsync(Invoice)).Refused(404, "not_found");
        (await api.PostAsync(Invoice, "{}")).Refused(405, "method_not_allowed");
    }

    [Fact]
    public async Task Put_IfMatch_IsHonoured()
    {
        var api = await server.TenantAsync();
        (await api.PutAsync(Invoice, "{}", ("If-Match", "\"1\""))).Refused(412, "precondition_failed");
        (await api.PutAsync(Invoice, "{}")).Is(200);
        (await api.PutAsync(Invoice, """{"properties":{"a":1}}""", ("If-Match", "\"1\""))).Is(200);
        (await api.PutAsync(Invoice, "{}", ("If-Match", "\"1\""))).Refused(412, "precondition_failed");
        (await api.DeleteAsync(Invoice, ("If-Match", "\"1\", W/\"2\""))).Refused(412, "precondition_failed");
        (await api.DeleteAsync(Invoice, ("If-Match", "\"1\", \"2\""))).Is(204);
    }

    [Fact]
    public async Task List_OfLargeOnes_EndsItsPageEarlyAndGoesOn()
    {
        var api = await server.TenantAsync();
        var pad = new string('x', 1000);
        var properties = Enumerable.Range(0, 60).ToDictionary(i => $"p{i}", _ => pad);
        (await api.PostAsync(Import, Enumerable.Range(0, 200).Select(i => new { type = "docs", id = $"{i:000}", properties }))).Is(200);

        var (ids, pages, token) = (new List<string?>(), 0, (string?)"");
        for (; token is not null; pages++)
        {
            var page = (await api.GetAsync($"/api/v1/entities/docs?limit=1000{(token.Length == 0 ? "" : "&page_token=" + Uri.EscapeDataString(token))}")).Is(200);
            Assert.True(page.Text.Length < 10_000_000);
            ids.AddRange(page.Items.Select(item => item.GetProperty("id").GetString()));
            token = page.NextPage;
        }

        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"{i:000}"), ids);
        Assert.InRange(pages, 2, 10);
    }

    [Theory]
    [InlineData("""{"properties":[]}""", "properties")]
    [InlineData("""{"properties":{"a":1,"a":2}}""", "properties.a")]
    [InlineData("""{"owner_id":"alice"}""", "owner_id")]
    [InlineData("""{"type":"orders"}""", "type")]
    [InlineData("""{"id":"43"}""", "id")]
    [InlineData("""{"tenant_id":"other"}""", "tenant_id")]
    [InlineData("""[]""", null)]
    [InlineData("", null)]
    public async Task Put_BadBody_IsRefusedAndStoresNothing(string body, string? field)
    {
        var api = await server.TenantAsync();
        (await api.PutAsync(Invoice, body)).Refused(400, "validation_failed", field);
        (await api.GetAsync(Invoice)).Refused(404, "not_found");
    }

    [Theory]
    [InlineData("/api/v1/entities/a%3Ab/1", "type")]
    [InlineData("/api/v1/entities/invoices/a%0Ab", null)]
    public async Task Put_BadTypeOrId_IsRefused(string path, string? field) =>
        (await (await server.TenantAsync()).PutAsync(path, "{}")).Refused(400, "validation_failed", field);

    [Fact]
    public async Task List_InPages_TokensLeadOn()
    {
        var api = await server.TenantAsync();
        var rows = Enumerable.Range(0, 25).Select(i => new { type = "invoices", id = $"{i:d2}/%", properties = new { i } });
        (await api.PostAsync(Import, rows)).Is(200);
        var (seen, token) = (new List<string?>(), "");
        do
        {
            var page = (await api.GetAsync($"/api/v1/entities/invoices?limit=10{token}")).Is(200);
            seen.AddRange(page.Items.Select(item => item.GetProperty("id").GetString()));
            token = page.NextPage is { } next ? $"&page_token={next}" : null;
        }
        while (token is not null);
        Assert.Equal(rows.Select(row => row.id), seen);
        var first = (await api.GetAsync("/api/v1/entities/invoices?limit=10")).NextPage;
        (await api.GetAsync($"/api/v1/entities/orders?limit=10&page_token={first}")).Refused(400, "validation_failed");
    }

    [Theory]
    [InlineData("[{0},{1},{2}]", "application/json")]
    [InlineData("{0}\n{1}\n\n{2}\n", "application/x-ndjson")]
    public async Task Import_Rows_ReportsEach(string form, string type)
    {
        var api = await server.TenantAsync();
        (await api.PutAsync("/api/v1/entities/user/alice", """{"properties":{"level":3}}""")).Is(200);
        (await api.PutAsync("/api/v1/entities/user/bob", "{}")).Is(200);
        var body = form.Replace("{0}", """{"type":"user","id":"alice","properties":{"level":3}}""", StringComparison.Ordinal)
            .Replace("{1}", """{"type":"user","id":"bob","properties":{"level":1}}""", StringComparison.Ordinal)
            .Replace("{2}", """{"type":"service","id":"alice"}""", StringComparison.Ordinal);

        Assert.Equal("1 1 1 0 unchanged,updated,created", Told((await api.PostAsync(Import + "&dry_run=true", body, ("Content-Type", type))).Is(200)));
        (await api.GetAsync("/api/v1/entities/service/alice")).Refused(404, "not_found");
        Assert.Equal("1 1 1 0 unchanged,updated,created", Told((await api.PostAsync(Import, body, ("Content-Type", type))).Is(200)));
        Assert.Equal("0 0 3 0 unchanged,unchanged,unchanged", Told((await api.PostAsync(Import, body, ("Content-Type", type))).Is(200)));

        static string Told(Reply reply) => string.Join(' ', new[] { "created", "updated", "unchanged", "failed" }.Select(name => reply[name].GetInt32()))
            + " " + string.Join(',', reply["rows"].EnumerateArray().Select(row => row.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Import_BadRows_NamesEachAndStoresNothing()
    {
        var api = await server.TenantAsync();
        var reply = (await api.PostAsync(Import, $$$"""
            [{"type":"user","id":"good"},{"type":"user"},{"id":"x"},{"type":"a:b","id":"x"},{"type":"user","id":"x","typo":1},
             {"type":"user","id":"x","properties":{"text":"{{{new string('x', 70_000)}}}"}},7]
            """)).Refused(400, "validation_failed");

        Assert.Equal(
            ["rows[1].id", "rows[2].type", "rows[3].type", "rows[4].typo", "rows[5].properties", "rows[6]"],
            reply["errors"].EnumerateObject().Select(error => error.Name));
        Assert.Empty((await api.GetAsync("/api/v1/entities/user")).Items);
    }

    [Fact]
    public async Task RequireKnownSubjects_UnknownUser_IsRefusedByName()
    {
        var api = await server.TenantAsync();
        var root = new ApiClient(server.Http, "");
        (await root.PatchAsync($"/api/v1/tenants/{api.Tenant}", """{"settings":{"require_known_subjects":true}}""")).Is(200);
        const string assign = "/api/v1/roles/viewer/assign";

        (await api.PostAsync(assign, new { user_id = "alice" })).Refused(400, "validation_failed", "user_id");
        (await api.PostAsync("/api/v1/import?format=assignments", """[{"user_id":"alice","role":"viewer"}]""")).Refused(400, "validation_failed", "rows[0].user_id");
        (await api.PutAsync("/api/v1/entities/user/alice", "{}")).Is(200);
        (await api.PostAsync(assign, new { user_id = "alice" })).Is(200);
    }
}
