using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Door;

/// <summary>Who may ask about whom, for how long that is remembered, and what the audit log has of those who may not.</summary>
public sealed class AskingTests(TimedServerFixture server) : IClassFixture<TimedServerFixture>
{
    private const string Evaluate = "/api/v1/authorization/evaluate", Batch = Evaluate + "/batch", Explain = "/api/v1/authorization/explain";

    private static readonly object Self = new { user = "ann", permission = "a:b" }, Other = new { user = "bob", permission = "a:b" };

    [Fact]
    public async Task Asking_AboutOneself_NeedsNoRight()
    {
        var (_, ann) = await AnnAsync();

        (await ann.PostAsync(Evaluate, Self)).Is(200);
        (await ann.PostAsync(Explain, Self)).Is(200);
        (await ann.PostAsync(Evaluate, new { user = "ann", permission = "a:b", explain = true })).Is(200);
        (await ann.PostAsync(Batch, new { evaluations = new[] { Self, Self } })).Is(200);
        (await ann.GetAsync("/api/v1/users/ann/permissions")).Is(200);
        // Of the same id, but another.
        (await ann.PostAsync(Evaluate, new { subject = new { type = "service", id = "ann" }, permission = "a:b" })).Refused(403, "forbidden");
        (await ann.PostAsync(Evaluate, new { user = "Ann", permission = "a:b" })).Refused(403, "forbidden");
    }

    [Fact]
    public async Task Asking_AboutOthers_NeedsTheRightAndToBeToldWhyAnother()
    {
        var (api, ann) = await AnnAsync();
        foreach (var (path, body) in Questions())
        {
            (await ann.PostAsync(path, body)).Refused(403, "forbidden");
        }
        (await ann.GetAsync("/api/v1/users/bob/permissions")).Refused(403, "forbidden");
        await api.RoleAsync("reader", "authz.roles:read");
        await api.AssignAsync("reader", "ann");
        (await ann.PostAsync(Evaluate, Other)).Refused(403, "forbidden");
        (await ann.PostAsync(Explain, Other)).Refused(403, "forbidden");
        await api.DeleteAsync("/api/v1/roles/reader/users/ann");
        await api.RoleAsync("asker", "authz.evaluate:execute");
        await api.AssignAsync("asker", "ann");

        // Allowed from now on: a refusal is not remembered.
        (await ann.PostAsync(Evaluate, Other)).Is(200);
        (await ann.PostAsync(Batch, new { evaluations = new[] { Self, Other } })).Is(200);
        (await ann.GetAsync("/api/v1/users/bob/permissions")).Is(200);
        (await ann.PostAsync(Explain, Other)).Refused(403, "forbidden");
        (await ann.PostAsync(Evaluate, new { user = "bob", permission = "a:b", explain = true })).Refused(403, "forbidden");
        (await ann.PostAsync(Batch, new { evaluations = new object[] { Self, new { user = "bob", permission = "a:b", explain = true } } })).Refused(403, "forbidden");
        await api.AssignAsync("reader", "ann");
        foreach (var (path, body) in Questions())
        {
            (await ann.PostAsync(path, body)).Is(200);
        }
    }

    [Fact]
    public async Task Search_AboutOneself_GoesByWhatIsStoredUnlessOneMayAskOfOthers()
    {
        var (api, ann) = await AnnAsync();
        await api.RoleAsync("owner", "patient:read:own", "patient:look:customer");
        await api.AssignAsync("owner", "ann");
        foreach (var (id, owner) in new[] { ("p1", "bob"), ("p2", "ann") })
        {
            (await api.PutAsync($"/api/v1/entities/patient/{id}", new { properties = new { owner_id = owner, customer_id = "c1" } })).Is(200);
        }
        var mine = new { subject = new { type = "user", id = "ann" }, permission = "patient:read", resource = new { type = "patient", properties = new { owner_id = "ann" } } };
        var customers = new { subject = new { type = "user", id = "ann", properties = new { customer_id = "c1" } }, permission = "patient:look", resource = new { type = "patient" } };
        var zen = new { subject = new { type = "user", id = "ann" }, action = new { name = "read" }, resource = new { type = "patient", properties = new { owner_id = "ann" } } };
        async Task<string> FoundAsync(object search) => string.Join(' ', (await ann.PostAsync("/api/v1/search/resource", search)).Is(200).Items.Select(item => item.GetProperty("id").GetString()));
        async Task<string> ZenAsync() => string.Join(' ', (await ann.PostAsync("/access/v1/search/resource", zen)).Is(200)["results"].EnumerateArray().Select(item => item.GetProperty("id").GetString()));

        Assert.Equal(("p2", "p2", "p2"), (await FoundAsync(mine), await FoundAsync(customers), await ZenAsync()));
        await api.RoleAsync("asker", "authz.evaluate:execute");
        await api.AssignAsync("asker", "ann");
        server.Time!.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(("p1 p2", "p1 p2", "p1 p2"), (await FoundAsync(mine), await FoundAsync(customers), await ZenAsync()));
    }

    [Fact]
    public async Task Asking_ByARightInOneTenant_CountsInNoOther()
    {
        var (api, there) = (await server.TenantAsync(), await server.TenantAsync());
        await api.RoleAsync("asker", "authz.evaluate:execute", "authz.roles:read");
        await api.AssignAsync("asker", "ann");
        var token = server.TokenOf("ann", api.Tenant, there.Tenant);

        (await api.As(token).PostAsync(Explain, Other)).Is(200);
        (await there.As(token).PostAsync(Explain, Self)).Is(200);
        (await there.As(token).PostAsync(Explain, Other)).Refused(403, "forbidden");
        (await there.As(token).PostAsync(Evaluate, Other)).Refused(403, "forbidden");
    }

    [Fact]
    public async Task Asking_ByARightInAScopeOrOnOnesOwn_IsRefused()
    {
        var (api, ann) = await AnnAsync();
        await api.RoleAsync("asker", "authz.evaluate:execute");
        await api.RoleAsync("owner", "authz.evaluate:execute:own");
        (await api.PostAsync("/api/v1/roles/asker/assign", new { user_id = "ann", scope = new { region = "eu" } })).Is(200);
        await api.AssignAsync("owner", "ann");

        (await ann.PostAsync(Evaluate, new { user = "bob", permission = "a:b", resource = new { properties = new { region = "eu", owner_id = "ann" } } })).Refused(403, "forbidden");
    }

    [Fact]
    public async Task Asking_AfterTheRightIsTakenBack_EndsWithinFiveSeconds()
    {
        var (api, ann) = await AnnAsync();
        await api.RoleAsync("asker", "authz.evaluate:execute");
        await api.AssignAsync("asker", "ann");
        (await ann.PostAsync(Evaluate, Other)).Is(200);
        (await api.DeleteAsync("/api/v1/roles/asker/users/ann")).Is(204);

        server.Time!.Advance(TimeSpan.FromSeconds(4));
        (await ann.PostAsync(Evaluate, Other)).Is(200);
        server.Time.Advance(TimeSpan.FromSeconds(1));
        (await ann.PostAsync(Evaluate, Other)).Refused(403, "forbidden");
    }

    [Fact]
    public async Task Administering_AfterTheRightIsTakenBack_EndsAtOnce()
    {
        var (api, ann) = await AnnAsync();
        await api.AssignAsync("tenant_admin", "ann");
        (await ann.GetAsync("/api/v1/roles")).Is(200);
        (await api.DeleteAsync("/api/v1/roles/tenant_admin/users/ann")).Is(204);

        (await ann.GetAsync("/api/v1/roles")).Refused(403, "forbidden");
        (await ann.PostAsync("/api/v1/roles", new { name = "made" })).Refused(403, "forbidden");
    }

    [Fact]
    public async Task RefusedWrite_EachTime_IsOnTheAuditLog()
    {
        var (api, ann) = await AnnAsync();
        await api.RoleAsync("clerk", "invoices:read");
        await api.RoleAsync("office", "authz.roles:update");
        for (var i = 0; i < 3; i++)
        {
            (await ann.PostAsync("/api/v1/roles/clerk/assign", new { user_id = "mallory" }, ("X-Request-Id", $"try-{i}"))).Refused(403, "forbidden");
        }
        await api.AssignAsync("office", "ann");
        (await ann.PostAsync("/api/v1/roles/clerk/permissions", new { permission = "orders:read" })).Refused(403, "forbidden");
        (await ann.PutAsync("/api/v1/roles/viewer", new { name = "viewer" })).Refused(409, "system_role_protected");

        var records = (await api.GetAsync("/api/v1/audit?action=access.refused")).Is(200).Items;
        Assert.Equal(5, records.Count);
        Assert.All(records, record => Assert.Equal("user:ann", record.GetProperty("actor").GetString()));
        Assert.All(records.Skip(1), record => Assert.Equal(("role", "clerk"), (record.GetProperty("target").GetProperty("type").GetString(), record.GetProperty("target").GetProperty("id").GetString())));
        Assert.Equal(["try-0", "try-1", "try-2"], records.Select(record => record.GetProperty("request_id").GetString()).Where(id => id!.StartsWith("try-", StringComparison.Ordinal)).Order());
        var last = records[^1].GetProperty("after");
        Assert.Equal(("POST", "/api/v1/roles/{role}/assign", "forbidden"),
            (last.GetProperty("method").GetString(), last.GetProperty("endpoint").GetString(), last.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task RefusedWrites_OfAStranger_AreOnTheTenantsAuditLogOnceInFiveSeconds()
    {
        var (api, elsewhere) = (await server.TenantAsync(), await server.TenantAsync());
        var stranger = api.As(server.TokenOf("eve", elsewhere.Tenant));
        async Task<int> WriteAsync(int times)
        {
            for (var i = 0; i < times; i++)
            {
                (await stranger.PostAsync("/api/v1/roles", new { name = "made" })).Refused(403, "forbidden");
            }
            return (await api.GetAsync("/api/v1/audit?action=access.refused")).Is(200).Items.Count;
        }

        Assert.Equal(1, await WriteAsync(10));
        (await stranger.DeleteAsync("/api/v1/roles/viewer")).Refused(403, "forbidden");
        Assert.Equal(2, await WriteAsync(1));
        server.Time!.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(3, await WriteAsync(10));
    }

    [Fact]
    public async Task RefusedReads_AreOnTheAuditLogOnceInFiveSeconds()
    {
        var (api, ann) = await AnnAsync();
        await ReadAsync(20);
        Assert.Equal(1, await CountAsync());
        server.Time!.Advance(TimeSpan.FromSeconds(4));
        await ReadAsync(3);
        Assert.Equal(1, await CountAsync());
        server.Time.Advance(TimeSpan.FromSeconds(1));
        await ReadAsync(20);
        Assert.Equal(2, await CountAsync());
        (await ann.PostAsync(Evaluate, Other)).Refused(403, "forbidden");
        Assert.Equal(3, await CountAsync());

        async Task ReadAsync(int times) => Assert.All(
            await Task.WhenAll(Enumerable.Range(0, times).Select(_ => ann.GetAsync("/api/v1/roles"))), reply => reply.Refused(403, "forbidden"));

        async Task<int> CountAsync() => (await api.GetAsync("/api/v1/audit?action=access.refused")).Is(200).Items.Count;
    }

    private static IEnumerable<(string Path, object Body)> Questions() =>
    [
        (Evaluate, Other), (Explain, Other), (Evaluate, new { user = "bob", permission = "a:b", explain = true }), (Batch, new { evaluations = new[] { Self, Other } }),
        (Batch, new { evaluations = new object[] { Self, new { user = "bob", permission = "a:b", explain = true } } }),
    ];

    private async Task<(ApiClient Api, ApiClient Ann)> AnnAsync()
    {
        var api = await server.TenantAsync();
        return (api, api.As(server.TokenOf("ann", api.Tenant)));
    }
}
