using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Edge;

[Collection(ServerCollection.Name)]
public sealed class PagingTests(ServerFixture server)
{
    [Fact]
    public async Task Lesson18_ListsOfOddNames_ArePagedWhole()
    {
        var api = await server.TenantAsync();
        string[] names = ["a|b", "a:b", "a#b", "a/b", "a+b", "a%b", "a b", "ä", "\U0001F600", "a\"b", "a\\b", "A|B"];
        foreach (var name in names)
        {
            await api.RoleAsync(name);
            await api.AssignAsync(name, "alice");
            await api.AssignAsync("viewer", name);
            (await api.PutAsync($"/api/v1/teams/odd/members/{Uri.EscapeDataString(name)}", null)).Is(204);
            (await api.PutAsync($"/api/v1/teams/{Uri.EscapeDataString(name)}/members/alice", null)).Is(204);
        }

        string[] expected = [.. names.Order(StringComparer.Ordinal)];
        Assert.Equal(expected, await Paging.AllAsync(api, "/api/v1/roles?include_built_in=false&limit=1", role => role.GetProperty("name").GetString()));
        Assert.Equal(expected, (await Paging.AllAsync(api, "/api/v1/users/alice/roles?limit=5", role => role.GetProperty("role_name").GetString()!)).Order(StringComparer.Ordinal));
        Assert.Equal(expected, (await Paging.AllAsync(api, "/api/v1/roles/viewer/assignments?limit=5", one => one.GetProperty("principal").GetProperty("id").GetString()!)).Order(StringComparer.Ordinal));
        Assert.Equal(expected, (await Paging.AllAsync(api, "/api/v1/teams/odd/members?limit=1", one => one.GetProperty("id").GetString()!)).Order(StringComparer.Ordinal));
        Assert.Equal(expected, await Paging.AllAsync(api, "/api/v1/users/alice/teams?limit=5", one => one.GetString()));
    }

    [Fact]
    public async Task Lesson14_ListsOfAFullPage_End()
    {
        var api = await server.TenantAsync();
        for (var i = 0; i < 100; i++)
        {
            await api.RoleAsync($"r{i:000}");
        }

        var page = await api.GetAsync("/api/v1/roles?include_built_in=false");

        Assert.Equal(100, page.Items.Count);
        Assert.Null(page.NextPage);
        await api.RoleAsync("r100");
        Assert.Equal(101, (await Paging.AllAsync(api, "/api/v1/roles?include_built_in=false", role => role.GetProperty("name").GetString())).Distinct().Count());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1001")]
    [InlineData("-1")]
    [InlineData("ten")]
    [InlineData("1e2")]
    public async Task Limit_OutOfRange_IsRefused(string limit)
    {
        var api = new ApiClient(server.Http, "");

        foreach (var list in new[] { "roles", "tenants", "audit", "users/a/roles", "users/a/teams", "teams/t/members", "teams/t/roles", "roles/viewer/assignments" })
        {
            (await api.GetAsync($"/api/v1/{list}?limit={limit}")).Refused(400, "validation_failed", "limit");
        }
    }

    [Fact]
    public async Task Lesson13_TokenChangedOrOfAnotherList_IsRefused()
    {
        var api = await server.TenantAsync();
        var other = await server.TenantAsync();
        await api.RoleAsync("a");
        await api.RoleAsync("b");
        var token = (await api.GetAsync("/api/v1/roles?limit=1")).NextPage!;

        (await api.GetAsync($"/api/v1/roles?limit=1&page_token={token}")).Is(200);
        for (var i = 0; i < token.Length; i++)
        {
            var changed = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            (await api.GetAsync($"/api/v1/roles?limit=1&page_token={changed}")).Refused(400, "validation_failed", "page_token");
        }
        foreach (var path in new[] { $"/api/v1/roles?include_built_in=false&page_token={token}", $"/api/v1/roles?q=a&page_token={token}", $"/api/v1/audit?page_token={token}", "/api/v1/roles?page_token=%00", "/api/v1/roles?page_token=!!!!", $"/api/v1/roles?page_token={token}A" })
        {
            (await api.GetAsync(path)).Refused(400, "validation_failed", "page_token");
        }
        (await other.GetAsync($"/api/v1/roles?limit=1&page_token={token}")).Refused(400, "validation_failed", "page_token");
    }
}
