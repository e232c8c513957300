using System.Text.Json;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Server.Tests.Chaos;

/// <summary>Reads everything, by every way there is, and holds the ways to agree.</summary>
internal sealed class Observer(ApiClient api, IReadOnlyCollection<string> users)
{
    private const int AtOnce = 16;

    /// <summary>Waits until a removal that was cut off is completed or undone.</summary>
    public async Task SettledAsync(ChaosWrite deletion, CancellationToken stop)
    {
        while ((await api.GetAsync($"/api/v1/roles/{deletion.Deletes}")).Status == 404)
        {
            var audit = (await api.GetAsync($"/api/v1/audit?action=role.deleted&target=role:{deletion.Deletes}&limit=1")).Is(200).Items;
            if (audit.Count > 0 && audit[0].GetProperty("request_id").GetString() == deletion.RequestId)
            {
                return;
            }
            stop.ThrowIfCancellationRequested();
        }
    }

    /// <summary>All facts.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync()
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        var roles = await AllAsync("/api/v1/roles?include_built_in=false");
        foreach (var role in roles)
        {
            facts.Add(Facts.Role(Text(role, "name")), string.Join(' ', role.GetProperty("permissions").EnumerateArray().Select(p => p.GetString())));
        }
        var held = await EachAsync(users, user => PairsAsync($"/api/v1/users/{user}/roles", item => Facts.Holds(user, Text(item, "role_name"))));
        var holders = await EachAsync(roles, async role =>
        {
            var found = await PairsAsync(
                $"/api/v1/roles/{Text(role, "id")}/assignments", item => Facts.Holds(Text(item.GetProperty("principal"), "id"), Text(role, "name")));
            Assert.Equal(found.Count(fact => !fact.StartsWith("holds team-", StringComparison.Ordinal)), role.GetProperty("user_count").GetInt32());
            return found;
        });
        Assert.Equal(held, holders.Where(fact => !fact.StartsWith("holds team-", StringComparison.Ordinal)));
        var joined = await EachAsync(users, async user =>
            (await api.GetAsync($"/api/v1/users/{user}/teams?limit=1000")).Is(200).Items.Select(team => Facts.Member(user, team.GetString()!)));
        var members = await EachAsync(SubjectWriter.Teams, team => PairsAsync($"/api/v1/teams/{team}/members", item => Facts.Member(Text(item, "id"), team)));
        Assert.Equal(joined, members);
        foreach (var fact in held.Concat(joined))
        {
            facts.Add(fact, Facts.Yes);
        }
        await CheckDecisionsAsync(facts);
        return facts;
    }

    private async Task CheckDecisionsAsync(Dictionary<string, string> facts)
    {
        var roles = facts.Where(fact => fact.Key.StartsWith("role ", StringComparison.Ordinal)).Select(fact => (Name: fact.Key[5..], Permissions: fact.Value.Split(' ')));
        var asked = (from role in roles
                     where !role.Name.StartsWith("m-", StringComparison.Ordinal)
                     from user in users
                     let allow = facts.ContainsKey(Facts.Holds(user, role.Name)) || facts.ContainsKey(Facts.Member(user, role.Name))
                     from item in role.Permissions.Select(permission => (user, permission, allow)).Append((user, permission: $"{role.Name}:other", false))
                     select item).ToList();
        await EachAsync(asked.Chunk(1000), async chunk =>
        {
            var body = new { evaluations = chunk.Select(item => new { item.user, item.permission }) };
            var decisions = (await api.PostAsync("/api/v1/authorization/evaluate/batch", body)).Is(200)["decisions"];
            Assert.Equal(
                chunk.Select(item => $"{item.user} {item.permission} {item.Item3}"),
                chunk.Zip(decisions.EnumerateArray(), (item, answer) => $"{item.user} {item.permission} {answer.GetProperty("decision").GetBoolean()}"));
            return Array.Empty<string>();
        });
    }

    private async Task<List<JsonElement>> AllAsync(string path)
    {
        var all = new List<JsonElement>();
        for (string? token = null; ;)
        {
            var page = (await api.GetAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=1000{(token is null ? "" : $"&page_token={token}")}")).Is(200);
            all.AddRange(page.Items);
            if ((token = page.NextPage) is null)
            {
                return all;
            }
        }
    }

    private async Task<IEnumerable<string>> PairsAsync(string path, Func<JsonElement, string> fact) => (await AllAsync(path)).Select(fact).ToList();

    private static async Task<List<string>> EachAsync<T>(IEnumerable<T> items, Func<T, Task<IEnumerable<string>>> read)
    {
        var all = new List<string>();
        foreach (var chunk in items.Chunk(AtOnce))
        {
            all.AddRange((await Task.WhenAll(chunk.Select(read))).SelectMany(found => found));
        }
        all.Sort(StringComparer.Ordinal);
        return all;
    }

    private static string Text(JsonElement item, string member) => item.GetProperty(member).GetString()!;
}
