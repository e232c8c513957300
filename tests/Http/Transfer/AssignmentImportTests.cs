using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Transfer;

[Collection(ServerCollection.Name)]
public sealed class AssignmentImportTests(ServerFixture server)
{
    private const string Import = "/api/v1/import?format=assignments";

    [Theory]
    [InlineData("[{0},{1},{2}]", "application/json")]
    [InlineData("{0}\n{1}\n\n{2}\n", "application/x-ndjson")]
    [InlineData("{0} {1} {2}", "text/plain")]
    public async Task Import_Rows_ReportsEach(string form, string type)
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:b");
        await api.AssignAsync("clerk", "alice");
        var body = form.Replace("{0}", """{"user_id":"alice","role":"clerk"}""", StringComparison.Ordinal)
            .Replace("{1}", """{"principal":{"type":"service","id":"bot"},"role":"clerk","scope":{"region":"eu"},"reason":"r"}""", StringComparison.Ordinal)
            .Replace("{2}", """{"principal":{"type":"team","id":"finance"},"role":"viewer","expires_at":"2099-01-01T00:00:00Z"}""", StringComparison.Ordinal);

        var dry = (await api.PostAsync(Import + "&dry_run=true", body, ("Content-Type", type))).Is(200);
        Assert.Equal(3, dry["rows"].GetArrayLength());
        Assert.Single((await api.GetAsync("/api/v1/roles/clerk/assignments")).Items);
        var first = (await api.PostAsync(Import, body, ("Content-Type", type))).Is(200);
        var again = (await api.PostAsync(Import, body, ("Content-Type", type))).Is(200);

        Assert.Equal((2, 1, 0), (first["created"].GetInt32(), first["unchanged"].GetInt32(), first["failed"].GetInt32()));
        Assert.Equal(["unchanged", "created", "created"], first["rows"].EnumerateArray().Select(row => row.GetProperty("status").GetString()));
        Assert.Equal([0, 1, 2], first["rows"].EnumerateArray().Select(row => row.GetProperty("row").GetInt32()));
        Assert.Equal((0, 3), (again["created"].GetInt32(), again["unchanged"].GetInt32()));
        Assert.Equal(2, (await api.GetAsync("/api/v1/roles/clerk/assignments")).Items.Count);
    }

    [Fact]
    public async Task Import_BadRows_NamesEachAndGivesNothing()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:b");

        var reply = (await api.PostAsync(Import, """
            [{"user_id":"alice","role":"clerk"},{"user_id":"alice"},{"role":"clerk"},{"user_id":"a","role":"clerk","expires_at":"soon"},{"user_id":"a","role":"clerk","typo":1},7]
            """)).Refused(400, "validation_failed");

        Assert.Equal(["rows[1].role", "rows[2].user_id", "rows[3].expires_at", "rows[4].typo", "rows[5]"], reply["errors"].EnumerateObject().Select(error => error.Name));
        Assert.Empty((await api.GetAsync("/api/v1/roles/clerk/assignments")).Items);
    }

    [Fact]
    public async Task Import_RowsBadInDifferentWays_NamesAllOfThem()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:b");

        var reply = (await api.PostAsync(Import, """
            [{"user_id":"a","role":"clerk"},{"user_id":"a"},{"user_id":"a","role":"nobody"},{"user_id":"a","role":"clerk","typo":1},
             {"user_id":"a","role":"clerk","starts_at":"2002-01-01T00:00:00Z","expires_at":"2001-01-01T00:00:00Z"},{"user_id":"b","role":"clerk"}]
            """)).Refused(400, "validation_failed");

        Assert.Equal(["rows[1].role", "rows[2].role", "rows[3].typo", "rows[4].expires_at"], reply["errors"].EnumerateObject().Select(error => error.Name));
        Assert.Empty((await api.GetAsync("/api/v1/roles/clerk/assignments")).Items);
    }

    [Fact]
    public async Task Import_UnknownRole_IsRefusedAsAWhole()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:b");

        (await api.PostAsync(Import, """[{"user_id":"alice","role":"clerk"},{"user_id":"bob","role":"nobody"}]""")).Refused(400, "validation_failed");

        Assert.Empty((await api.GetAsync("/api/v1/roles/clerk/assignments")).Items);
    }

    [Theory]
    [InlineData("[{}")]
    [InlineData("[] []")]
    [InlineData("{\"user_id\":\"a\",\"role\":\"viewer\"} x")]
    public async Task Import_Malformed_IsRefused(string body) =>
        (await new ApiClient(server.Http, "").PostAsync(Import, body)).Refused(400, "validation_failed");

    [Fact]
    public async Task Import_ManyBadRows_AnswerStaysReadable()
    {
        var body = "[" + string.Join(',', Enumerable.Repeat("{}", 3000)) + "]";

        var reply = (await new ApiClient(server.Http, "").PostAsync(Import, body)).Refused(400, "validation_failed");

        Assert.InRange(reply["errors"].EnumerateObject().Count(), 500, 1001);
        Assert.Contains("more", reply["errors"].GetProperty("body")[0].GetString(), StringComparison.Ordinal);
    }
}
