using System.Text.Json;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Transfer;

[Collection(ServerCollection.Name)]
public sealed class RealRolesTests(ServerFixture server)
{
    private const int Checks = 6000, Batch = 1000;

    [SharedDataFact]
    public async Task Import_PredefinedRoles_AgreesWithTheFile()
    {
        var api = await server.TenantAsync();
        var file = SharedData.ReadGzip(SharedData.GcloudRoles);

        Assert.Equal(2461, (await api.SendAsync("POST", "/api/v1/import?format=gcloud-roles", file)).Is(200)["created"].GetInt32());
        Assert.Equal(2461, (await api.SendAsync("POST", "/api/v1/import?format=gcloud-roles", file)).Is(200)["unchanged"].GetInt32());

        using var roles = JsonDocument.Parse(file);
        var byName = roles.RootElement.EnumerateArray().ToDictionary(role => role.GetProperty("name").GetString()!, role => PermissionsOf(role).ToHashSet(StringComparer.Ordinal));
        var all = byName.Values.SelectMany(set => set).Distinct().Order(StringComparer.Ordinal).ToList();
        (string User, string Role)[] users = [("ann", "roles/compute.viewer"), ("ben", "roles/storage.admin"), ("cat", "roles/owner")];
        foreach (var (user, role) in users)
        {
            await api.AssignAsync(role, user);
        }
        var own = users.ToDictionary(who => who.Role, who => byName[who.Role].Order(StringComparer.Ordinal).ToList());
        var dice = new Random(20260101);
        // Every second question is about something that the role has, else nearly all would be denials.
        var questions = Enumerable.Range(0, Checks).Select(i => users[i % 3]).Select((who, i) => (who.User, who.Role, Permission: Pick(dice, i % 2 == 0 ? own[who.Role] : all))).ToList();
        foreach (var chunk in questions.Chunk(Batch))
        {
            var reply = (await api.PostAsync("/api/v1/authorization/evaluate/batch", new { evaluations = chunk.Select(one => new { user = one.User, permission = one.Permission }) })).Is(200);
            Assert.Equal(chunk.Select(one => byName[one.Role].Contains(one.Permission)), reply["decisions"].EnumerateArray().Select(one => one.GetProperty("decision").GetBoolean()));
        }
        var export = (await api.GetAsync("/api/v1/export")).Is(200).Text;
        var copy = await server.TenantAsync();
        (await copy.PostAsync("/api/v1/import?format=authz", export)).Is(200);
        Assert.Equal(export, (await copy.GetAsync("/api/v1/export")).Text);
    }

    private static List<string> PermissionsOf(JsonElement role) =>
        role.TryGetProperty("includedPermissions", out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : [];

    private static string Pick(Random dice, List<string> from) => from[dice.Next(from.Count)];
}
