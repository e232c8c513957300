using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Server.Tests.Outside;

public sealed class OpaTenantTests : IAsyncLifetime
{
    private OpaHost _host = null!;
    private ApiClient _api = null!;

    public async Task InitializeAsync()
    {
        _host = await OpaHost.StartAsync();
        _api = await _host.TenantAsync("acme", new { policy_engine = "opa", opa = new { path = "authz/final" } });
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Evaluate_TheFinalWord_IsThePolicyServers()
    {
        await _api.RoleAsync("reader", "docs:read");
        await _api.AssignAsync("reader", "alice");
        _host.Opa.Documents["authz/final"] = input => input.GetProperty("local").GetProperty("decision").GetBoolean();
        Assert.Equal(("granted", "denied_by_policy"), (await _api.ReasonAsync("alice", "docs:read"), await _api.ReasonAsync("bob", "docs:read")));
        Assert.Contains("\"local\":{\"decision\":false,\"reason\":\"no_assignment\"}", _host.Opa.Asked.Last().Body, StringComparison.Ordinal);

        await ChangeAsync();
        _host.Opa.Documents["authz/final"] = input => !input.GetProperty("local").GetProperty("decision").GetBoolean();
        Assert.Equal(("denied_by_policy", "granted_by_policy"), (await _api.ReasonAsync("alice", "docs:read"), await _api.ReasonAsync("bob", "docs:read")));

        await ChangeAsync();
        _host.Opa.Documents.Clear();
        Assert.Equal("denied_by_policy", await _api.ReasonAsync("alice", "docs:read"));
        await ChangeAsync();
        _host.Opa.Documents["authz/final"] = _ => 1;
        Assert.Equal("policy_error", await _api.ReasonAsync("alice", "docs:read"));
        var told = (await _api.PostAsync("/api/v1/authorization/explain", new { user = "alice", permission = "docs:read" })).Is(200);
        Assert.True(told["outside"][0].GetProperty("final_word").GetBoolean());

        (await _host.Api.PatchAsync("/api/v1/tenants/acme", new { settings = new { policy_engine = "local" } })).Is(200);
        Assert.Equal("granted", await _api.ReasonAsync("alice", "docs:read"));
    }

    [Fact]
    public async Task Evaluate_AServerThatTheOperatorDoesNotAllow_IsAnError()
    {
        (await _host.Api.PatchAsync("/api/v1/tenants/acme", new { settings = new { opa = new { url = "http://127.0.0.1:1", path = "authz/final" } } })).Is(200);
        Assert.Equal("policy_error", await _api.ReasonAsync("alice", "docs:read"));
        Assert.Empty(_host.Opa.Asked);
        (await _host.Api.PatchAsync("/api/v1/tenants/acme", new { settings = new { opa = new { url = _host.Opa.Url + "/", path = "authz/final" } } })).Is(200);
        Assert.Equal("denied_by_policy", await _api.ReasonAsync("alice", "docs:read"));
    }

    [Fact]
    public async Task Administer_WhatThePolicyServerDenies_IsForSystemsAdministratorsOnly()
    {
        var key = (await _api.PostAsync("/api/v1/api-keys", new { name = "admin", roles = new[] { "tenant_admin" }, tenants = new[] { "acme" } })).Is(201)["key"].GetString()!;
        var admin = _api.As(key);
        (await admin.PostAsync("/api/v1/roles", new { name = "one" })).Refused(403, "forbidden");
        (await admin.PostAsync("/api/v1/roles/viewer/assign", new { user_id = "bob" })).Refused(403, "forbidden");

        await ChangeAsync();
        _host.Opa.Documents["authz/final"] = input => input.GetProperty("local").GetProperty("decision").GetBoolean();
        (await admin.PostAsync("/api/v1/roles", new { name = "one" })).Is(201);
        (await admin.PostAsync("/api/v1/roles/viewer/assign", new { user_id = "bob" })).Is(200);
        (await admin.DeleteAsync("/api/v1/roles/viewer/users/bob")).Is(204);
    }

    [Fact]
    public async Task Administer_WhatThePolicyServerAloneAllows_IsReadAndNotWritten()
    {
        await _api.RoleAsync("idle", "x:y");
        var key = (await _api.PostAsync("/api/v1/api-keys", new { name = "idle", roles = new[] { "idle" }, tenants = new[] { "acme" } })).Is(201)["key"].GetString()!;
        var idle = _api.As(key);
        (await idle.GetAsync("/api/v1/roles")).Refused(403, "forbidden");

        await ChangeAsync();
        _host.Opa.Documents["authz/final"] = _ => true;
        (await idle.GetAsync("/api/v1/roles")).Is(200);
        (await idle.PostAsync("/api/v1/roles", new { name = "one" })).Refused(403, "forbidden");
        (await idle.PostAsync("/api/v1/roles/viewer/assign", new { user_id = "bob" })).Refused(403, "forbidden");
        (await idle.PutAsync("/api/v1/entities/user/bob", new { properties = new { } })).Refused(403, "forbidden");
        (await idle.PostAsync("/api/v1/policies", new { name = "p", effect = "deny" })).Refused(403, "forbidden");
    }

    [Fact]
    public async Task Administer_SystemItself_IsNotLockedOut()
    {
        (await _host.Api.PatchAsync("/api/v1/tenants/system", new { settings = new { policy_engine = "opa", opa = new { path = "authz/never" } } })).Is(200);
        (await _host.Api.PostAsync("/api/v1/tenants", new { id = "globex" })).Is(201);
        (await _host.Api.PatchAsync("/api/v1/tenants/system", new { settings = new { policy_engine = (string?)null } })).Is(200);
    }

    // Any change of the model has the policy server asked anew.
    private async Task ChangeAsync() => (await _host.Api.PatchAsync("/api/v1/tenants/acme", new { display_name = Guid.NewGuid().ToString() })).Is(200);
}
