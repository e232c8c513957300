using System.Text.Json;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Edge;

[Collection(ServerCollection.Name)]
public sealed class EvaluateTests(ServerFixture server)
{
    private const string Evaluate = "/api/v1/authorization/evaluate";
    private readonly ApiClient _api = new(server.Http, "");

    [Theory]
    [InlineData("""{"user":"a"}""", "permission")]
    [InlineData("""{"permission":"a:b"}""", "subject")]
    [InlineData("""{"user":"a","subject":{"type":"user","id":"a"},"permission":"a:b"}""", "subject")]
    [InlineData("""{"user":null,"permission":"a:b"}""", "subject")]
    [InlineData("""{"user":5,"permission":"a:b"}""", "user")]
    [InlineData("""{"user":"","permission":"a:b"}""", "user")]
    [InlineData("""{"user":"a","permission":"nonsense"}""", "permission")]
    [InlineData("""{"user":"a","permission":"a:b:far"}""", "permission")]
    [InlineData("""{"user":"a","permission":5}""", "permission")]
    [InlineData("""{"user":"a","permission":"a:b","action":{"name":"b"}}""", "action.name")]
    [InlineData("""{"user":"a","action":{"name":"b"}}""", "resource.type")]
    [InlineData("""{"user":"a","action":{"name":"b c"},"resource":{"type":"x"}}""", "action.name")]
    [InlineData("""{"user":"a","action":{"id":"b"},"resource":{"type":"x"}}""", "action.id")]
    [InlineData("""{"user":"a","permission":"a:b","resource":{"name":"x"}}""", "resource.name")]
    [InlineData("""{"user":"a","permission":"a:b","resource":{"id":""}}""", "resource.id")]
    [InlineData("""{"user":"a","permission":"a:b","resource":[]}""", "resource")]
    [InlineData("""{"user":"a","permission":"a:b","resource":{"properties":{"x":[{"y":1,"y":2}]}}}""", "resource.properties.x[0].y")]
    [InlineData("""{"subject":{"id":"a"},"permission":"a:b"}""", "subject.type")]
    [InlineData("""{"subject":{"type":"user"},"permission":"a:b"}""", "subject.id")]
    [InlineData("""{"subject":{"type":"team","id":"x"},"permission":"a:b"}""", "subject.type")]
    [InlineData("""{"subject":{"type":"a:b","id":"x"},"permission":"a:b"}""", "subject.type")]
    [InlineData("""{"subject":{"type":"user","type":"user","id":"x"},"permission":"a:b"}""", "subject.type")]
    [InlineData("""{"subject":{"type":"user","id":"x","props":{}},"permission":"a:b"}""", "subject.props")]
    [InlineData("""{"user":"a","permission":"a:b","context":5}""", "context")]
    [InlineData("""{"user":"a","permission":"a:b","context":{"n":1e999}}""", "context.n")]
    [InlineData("""{"user":"a","permission":"a:b","at":"today"}""", "at")]
    [InlineData("""{"user":"a","permission":"a:b","at":"2026-02-30T00:00:00Z"}""", "at")]
    [InlineData("""{"user":"a","permission":"a:b","at":"2026-01-01T00:00:00"}""", "at")]
    [InlineData("""{"user":"a","permission":"a:b","explain":"yes"}""", "explain")]
    [InlineData("""{"user":"a","permission":"a:b","permision":"a:c"}""", "permision")]
    [InlineData("""{"user":"a","permission":"a:b","user":"a"}""", "user")]
    [InlineData("""{"user":"a","permission":"a:b","resource":{"id":null,"id":"x"}}""", "resource.id")]
    [InlineData("""{"user":"a","permission":"a:b","tenant_id":5}""", "tenant_id")]
    [InlineData("""{"subject":{"type":"user","id":null},"permission":"a:b"}""", "subject.id")]
    [InlineData("""{"user":"a","permission":"a:b"} x""", "body")]
    [InlineData("""[]""", "body")]
    public async Task Question_Malformed_IsRefusedWithItsPlace(string body, string field)
    {
        (await _api.PostAsync(Evaluate, body)).Refused(400, "validation_failed", field);
        (await _api.PostAsync("/api/v1/authorization/explain", body)).Refused(400, "validation_failed", field);
        var inBatch = field == "body" ? body == "[]" ? "evaluations[1]" : "body" : $"evaluations[1].{field}";
        (await _api.PostAsync(Evaluate + "/batch", $$"""{"evaluations":[{"user":"a","permission":"a:b"},{{body}}]}""")).Refused(400, "validation_failed", inBatch);
    }

    [Theory]
    [InlineData("""{"user":"a","permission":"viewer:read","resource":{"type":null,"id":null,"properties":null},"action":{"name":null}}""")]
    [InlineData("""{"user":"a","subject":null,"permission":null,"action":{"name":"read","properties":null},"resource":{"type":"viewer","id":null},"at":null,"context":null,"scope":null,"explain":null,"tenant_id":null}""")]
    public async Task Question_NullMembers_AreAbsentOnes(string body)
    {
        (await _api.PostAsync(Evaluate, body)).Is(200);
        (await _api.PostAsync(Evaluate + "/batch", $$"""{"evaluations":[{{body}}]}""")).Is(200);
    }

    [Fact]
    public async Task Batch_OfNothing_StillNeedsItsTenant()
    {
        Assert.Empty((await _api.PostAsync(Evaluate + "/batch", """{"evaluations":[]}""")).Is(200)["decisions"].EnumerateArray());
        (await _api.PostAsync(Evaluate + "/batch", """{"evaluations":[]}""", ("X-Tenant-Id", "nowhere"))).Refused(404, "tenant_not_found");
    }

    [Theory]
    [InlineData("""{}""", "evaluations")]
    [InlineData("""{"evaluations":null}""", "evaluations")]
    [InlineData("""{"evaluations":{}}""", "evaluations")]
    [InlineData("""{"evaluations":[],"evaluations":[]}""", "evaluations")]
    [InlineData("""{"items":[]}""", "items")]
    [InlineData("""{"evaluations":[5]}""", "evaluations[0]")]
    public async Task Batch_Malformed_IsRefusedWithItsPlace(string body, string field) =>
        (await _api.PostAsync(Evaluate + "/batch", body)).Refused(400, "validation_failed", field);

    [Fact]
    public async Task Batch_Sizes_UpToAThousand()
    {
        static object Items(int count) => new { evaluations = Enumerable.Range(0, count).Select(i => new { user = $"u{i}", permission = "a:b" }) };

        Assert.Empty((await _api.PostAsync(Evaluate + "/batch", Items(0))).Is(200)["decisions"].EnumerateArray());
        Assert.Equal(1000, (await _api.PostAsync(Evaluate + "/batch", Items(1000))).Is(200)["decisions"].GetArrayLength());
        (await _api.PostAsync(Evaluate + "/batch", Items(1001))).Refused(400, "validation_failed", "evaluations");
    }

    [Fact]
    public async Task Batch_SameKeyOtherContext_IsDecidedEachByItself()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:b");
        (await api.PostAsync("/api/v1/roles/clerk/assign", new { user_id = "alice", scope = new { region = "eu" } })).Is(200);

        var reply = await api.PostAsync(Evaluate + "/batch", new
        {
            evaluations = new object[]
            {
                new { user = "alice", permission = "a:b", context = new { region = "eu" } },
                new { user = "alice", permission = "a:b", context = new { region = "us" } },
                new { user = "alice", permission = "a:b", scope = new { region = "eu" }, explain = true },
                new { user = "alice", action = new { name = "b" }, resource = new { type = "a", properties = new { region = "eu" } } },
                new { user = "nobody", permission = "a:b" },
            },
        });

        Assert.Equal(["granted", "not_in_scope", "granted", "granted", "no_assignment"], reply.Is(200)["decisions"].EnumerateArray().Select(one => one.GetProperty("reason").GetString()));
        Assert.Equal([false, false, true, false, false], reply["decisions"].EnumerateArray().Select(one => one.TryGetProperty("trace", out _)));
    }

    [Fact]
    public async Task Decision_Members_AreAllThere()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "invoices:*");
        var given = await api.PostAsync("/api/v1/roles/clerk/assign", new { user_id = "alice", expires_at = "2099-01-01T00:00:00.5Z" });

        var allow = (await api.PostAsync(Evaluate, new { subject = new { type = "user", id = "alice", properties = new { } }, permission = "invoices:read", resource = new { type = "invoices", id = "42" } })).Is(200);
        var deny = (await api.PostAsync(Evaluate, new { user = "alice", permission = "invoices:read", at = "2099-01-01T00:00:00.500000Z" })).Is(200);

        string[] members = ["decision", "allow", "reason", "matched_permission", "matched_role", "matched_assignment", "matched_policy", "model_revision", "subject_revision", "valid_until"];
        Assert.Equal(members, allow.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(members, deny.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("invoices:*", "clerk", given["id"].GetString(), "2099-01-01T00:00:00.5Z"), (allow["matched_permission"].GetString(), allow["matched_role"].GetString(), allow["matched_assignment"].GetString(), allow["valid_until"].GetString()));
        Assert.Equal("no_assignment", deny["reason"].GetString());
        Assert.Equal(JsonValueKind.Null, deny["matched_permission"].ValueKind);
    }

    [Fact]
    public async Task Explain_EitherWay_TellsTheTrace()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("base", "a:b");
        await api.PostAsync("/api/v1/roles", new { name = "clerk", parent_role_id = "base" });
        await api.AssignAsync("clerk", "alice");

        foreach (var reply in new[]
        {
            await api.PostAsync("/api/v1/authorization/explain", new { user = "alice", permission = "a:b" }),
            await api.PostAsync(Evaluate, new { user = "alice", permission = "a:b", explain = true }),
        })
        {
            var step = Assert.Single(reply.Is(200)["trace"].EnumerateArray());
            Assert.Equal("granted", step.GetProperty("outcome").GetString());
            Assert.Equal(["clerk", "base"], step.GetProperty("path").EnumerateArray().Select(role => role.GetString()));
        }
    }

    [Fact]
    public async Task Evaluate_EscapedNamesAndTexts_ReadAsTheyAre()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:b");
        await api.AssignAsync("clerk", "al/ice");

        var reply = await api.PostAsync(Evaluate, """{"\u0075ser":"al\/ice","permission":"\u0061:b"}""");

        Assert.Equal("granted", reply.Is(200)["reason"].GetString());
    }
}
