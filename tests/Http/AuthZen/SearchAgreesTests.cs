using System.Text.Json;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.AuthZen;

/// <summary>A list is what checks of all there are would be: generated tenants, brute force over every subject, resource and action.</summary>
[Collection(ServerCollection.Name)]
public sealed class SearchAgreesTests(ServerFixture server)
{
    private static readonly string[] Users = [.. Enumerable.Range(0, 14).Select(i => $"u{i:00}")], Docs = [.. Enumerable.Range(0, 6).Select(i => $"d{i}")], Actions = ["read", "write", "send"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Searches_OfAGeneratedTenant_AreTheChecksOfAll(int seed)
    {
        var (api, random) = (await server.TenantAsync([]), new Random(seed));
        await MakeAsync(api, random);
        var found = 0;
        foreach (var action in Actions)
        {
            foreach (var doc in Docs.Append("unknown"))
            {
                var allowed = await CheckAsync(api, Users.Select(user => Ask(user, action, doc)));
                var listed = await SearchAsync(api, "subject", "id", new { subject = new { type = "user" }, action = new { name = action }, resource = new { type = "doc", id = doc } });
                Assert.Equal(Users.Where((_, i) => allowed[i]), listed.Order(StringComparer.Ordinal));
                found += listed.Count;
            }
        }
        foreach (var user in Users)
        {
            foreach (var action in Actions)
            {
                var allowed = await CheckAsync(api, Docs.Select(doc => Ask(user, action, doc)));
                Assert.Equal(Docs.Where((_, i) => allowed[i]), await SearchAsync(api, "resource", "id", new { subject = new { type = "user", id = user }, action = new { name = action }, resource = new { type = "doc" } }));
            }
            var may = await CheckAsync(api, Actions.Select(action => Ask(user, action, Docs[0])));
            var names = await SearchAsync(api, "action", "name", new { subject = new { type = "user", id = user }, resource = new { type = "doc", id = Docs[0] } });
            Assert.Equal(Actions.Where((_, i) => may[i]).Order(StringComparer.Ordinal), names);
        }
        Assert.InRange(found, 1, (Users.Length * Actions.Length * (Docs.Length + 1)) - 1);
    }

    // Roles with scopes and inheritance, holders by themselves and by teams, within scopes and times, and policies both ways.
    private static async Task MakeAsync(ApiClient api, Random random)
    {
        for (var i = 0; i < 6; i++)
        {
            string[] permissions = [.. Actions.Where(_ => random.Next(3) == 0).Select(action => $"doc:{action}{(random.Next(3) == 0 ? ":own" : "")}"), $"other:{i}"];
            object[] parents = i > 0 && random.Next(2) == 0 ? [new { role_id = $"r{random.Next(i)}", inheritance_type = "full" }] : [];
            (await api.PostAsync("/api/v1/roles", new { id = $"r{i}", name = $"r{i}", permissions, parents })).Is(201);
        }
        foreach (var user in Users.Where(_ => random.Next(5) > 0))
        {
            object? scope = random.Next(4) == 0 ? new { site = "north" } : null;
            var starts = random.Next(6) == 0 ? "2999-01-01T00:00:00Z" : null;
            (await api.PostAsync($"/api/v1/roles/r{random.Next(6)}/assign", new { user_id = user, scope, starts_at = starts })).Is(200);
        }
        (await api.PostAsync($"/api/v1/roles/r{random.Next(6)}/assign", """{"principal":{"type":"team","id":"crew"}}""")).Is(200);
        foreach (var user in Users.Where(_ => random.Next(4) == 0))
        {
            (await api.PutAsync($"/api/v1/teams/crew/members/{user}", null)).Is(204);
        }
        foreach (var doc in Docs)
        {
            (await api.PutAsync($"/api/v1/entities/doc/{doc}", new { properties = new { owner_id = Users[random.Next(Users.Length)], site = random.Next(2) == 0 ? "north" : "south" } })).Is(200);
        }
        var who = Users[random.Next(Users.Length)];
        (await api.PutAsync($"/api/v1/entities/user/{who}", new { properties = new { vip = true } })).Is(200);
        (await api.PostAsync("/api/v1/policies", new { name = "no", effect = "deny", resources = new[] { $"doc:{Actions[random.Next(3)]}" }, principals = new[] { $"user:{Users[random.Next(Users.Length)]}" } })).Is(201);
        if (random.Next(2) == 0)
        {
            var conditions = new[] { new { type = "attribute_match", @params = new { attribute = "subject.vip", @operator = "eq", expected = true } } };
            (await api.PostAsync("/api/v1/policies", new { name = "yes", effect = "allow", resources = new[] { "doc:send" }, grant_permissions = new[] { "doc:send" }, conditions })).Is(201);
        }
    }

    private static object Ask(string user, string action, string doc) => new { user, action = new { name = action }, resource = new { type = "doc", id = doc } };

    private static async Task<bool[]> CheckAsync(ApiClient api, IEnumerable<object> evaluations) =>
        [.. (await api.PostAsync("/api/v1/authorization/evaluate/batch", new { evaluations })).Is(200)["decisions"].EnumerateArray().Select(one => one.GetProperty("decision").GetBoolean())];

    private static async Task<List<string>> SearchAsync(ApiClient api, string kind, string member, object search)
    {
        var (found, token) = (new List<string>(), "");
        do
        {
            var body = JsonSerializer.SerializeToNode(search)!.AsObject();
            body["page"] = JsonSerializer.SerializeToNode(new { limit = 3, token });
            var page = (await api.PostAsync($"/access/v1/search/{kind}", body)).Is(200);
            found.AddRange(page["results"].EnumerateArray().Select(item => item.GetProperty(member).GetString()!));
            token = page["page"].GetProperty("next_token").GetString()!;
        }
        while (token.Length > 0);
        return found;
    }
}
