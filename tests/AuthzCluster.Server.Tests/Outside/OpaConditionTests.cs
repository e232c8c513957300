using System.Text.Json;
using AuthzCluster.Http.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Server.Tests.Outside;

public sealed class OpaConditionTests : IAsyncLifetime
{
    private OpaHost _host = null!;
    private ApiClient _api = null!;

    public async Task InitializeAsync()
    {
        _host = await OpaHost.StartAsync();
        _api = await _host.TenantAsync("acme");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Evaluate_ACondition_GoesByWhatThePolicyServerMakesOfTheQuestion()
    {
        await OpaHost.AssignAsync(_api);
        Assert.InRange((await _api.PutAsync("/api/v1/entities/docs/42", new { properties = new { classified = true } })).Status, 200, 201);
        _host.Opa.Documents["authz/allow"] = input =>
            input.GetProperty("subject").GetProperty("id").GetString() == "alice" && input.GetProperty("action").GetProperty("name").GetString() == "read"
            && input.GetProperty("resource").GetProperty("properties").TryGetProperty("classified", out _) == (input.GetProperty("context").GetProperty("cleared").GetString() == "yes");

        var allowed = await AskAsync("42", "yes");
        Assert.Equal((true, "granted", "2026-07-01T08:00:05Z"), (allowed["decision"].GetBoolean(), allowed["reason"].GetString(), allowed["valid_until"].GetString()));
        Assert.Equal("not_in_scope", (await AskAsync("42", "no"))["reason"].GetString());
        Assert.Equal("granted", (await AskAsync("43", "no"))["reason"].GetString());
        Assert.Equal("permission_not_granted", await _api.ReasonAsync("alice", "docs:write"));
        Assert.Equal("no_assignment", await _api.ReasonAsync("bob", "docs:read"));
        Assert.Equal(3, _host.Opa.Asked.Count);
        Assert.All(_host.Opa.Asked, asked => Assert.Equal("/v1/data/authz/allow", asked.Path));
    }

    [Fact]
    public async Task Evaluate_ThePolicyServerFails_IsDenied()
    {
        await OpaHost.AssignAsync(_api);
        _host.Opa.Instead = context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        Assert.Equal("not_in_scope", await _api.ReasonAsync("alice", "docs:read"));
        await _host.Opa.DisposeAsync();
        Assert.Equal("not_in_scope", await _api.ReasonAsync("alice", "docs:read"));
    }

    [Fact]
    public async Task Evaluate_WhatAsksChanges_IsAskedAgainAtOnce()
    {
        var assignment = await OpaHost.AssignAsync(_api);
        _host.Opa.Documents["authz/allow"] = _ => true;
        Assert.Equal("granted", await _api.ReasonAsync("alice", "docs:read"));
        _host.Opa.Documents["authz/allow"] = _ => false;
        Assert.Equal("granted", await _api.ReasonAsync("alice", "docs:read"));

        // The assignment that asks, then the tenant's model.
        (await _api.PatchAsync(assignment, new { reason = "again" })).Is(200);
        Assert.Equal("not_in_scope", await _api.ReasonAsync("alice", "docs:read"));
        _host.Opa.Documents["authz/allow"] = _ => true;
        Assert.Equal("not_in_scope", await _api.ReasonAsync("alice", "docs:read"));
        await _api.RoleAsync("other", "a:b");
        Assert.Equal("granted", await _api.ReasonAsync("alice", "docs:read"));

        // Time does it too.
        _host.Opa.Documents["authz/allow"] = _ => null;
        _host.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("not_in_scope", await _api.ReasonAsync("alice", "docs:read"));
    }

    [Fact]
    public async Task Evaluate_RevokedWhileThePolicyServerIsAsked_IsDenied()
    {
        await OpaHost.AssignAsync(_api);
        _host.Opa.Documents["authz/allow"] = _ => true;
        _host.Opa.Hold();
        var asked = _api.ReasonAsync("alice", "docs:read");
        await _host.Opa.ArrivedAsync();
        (await _api.DeleteAsync("/api/v1/roles/reader/users/alice")).Is(204);
        _host.Opa.Release();
        Assert.Equal("no_assignment", await asked);
    }

    [Fact]
    public async Task Evaluate_TheModelChangedWhileThePolicyServerIsAsked_IsDecidedOnTheNewOne()
    {
        await OpaHost.AssignAsync(_api);
        _host.Opa.Documents["authz/allow"] = _ => true;
        _host.Opa.Hold();
        var asked = _api.ReasonAsync("alice", "docs:read");
        await _host.Opa.ArrivedAsync();
        (await _api.DeleteAsync("/api/v1/roles/reader/permissions/docs:read")).Is(204);
        _host.Opa.Release();
        Assert.Equal("permission_not_granted", await asked);
    }

    [Fact]
    public async Task Evaluate_WhileThePolicyServerIsAsked_WritesAndOthersDoNotWait()
    {
        await OpaHost.AssignAsync(_api);
        await _api.RoleAsync("plain", "a:b");
        _host.Opa.Hold();
        var asked = _api.ReasonAsync("alice", "docs:read");
        await _host.Opa.ArrivedAsync();
        await _api.AssignAsync("plain", "alice");
        await _api.AssignAsync("plain", "bob");
        Assert.Equal("granted", await _api.ReasonAsync("bob", "a:b"));
        Assert.Equal("granted", await _api.ReasonAsync("alice", "a:b"));
        Assert.False(asked.IsCompleted);
        _host.Opa.Release();
        Assert.Equal("not_in_scope", await asked);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Batch_OfOneSubject_IsAskedAtOnce(bool explain)
    {
        await OpaHost.AssignAsync(_api);
        _host.Opa.Documents["authz/allow"] = input => input.GetProperty("resource").GetProperty("id").GetString() != "3";
        _host.Opa.Hold();
        const int count = 12;
        var batch = _api.PostAsync("/api/v1/authorization/evaluate/batch", new
        {
            evaluations = Enumerable.Range(0, count).Select(i => new { user = "alice", permission = "docs:read", resource = new { id = $"{i}" }, explain }),
        });
        // Nobody is answered before all have asked.
        await _host.Opa.ArrivedAsync(count);
        _host.Opa.Release();
        var decisions = (await batch).Is(200)["decisions"].EnumerateArray().Select(decision => decision.GetProperty("decision").GetBoolean());
        Assert.Equal(Enumerable.Range(0, count).Select(i => i != 3), decisions);
    }

    [Fact]
    public async Task Explain_WhatThePolicyServerAnswered_IsTold()
    {
        await OpaHost.AssignAsync(_api, new { type = "any", @params = new { conditions = new object[]
        {
            new { type = "opa", @params = new { path = "authz/absent" } }, new { type = "opa", @params = new { path = "authz/allow" } },
            new { type = "opa", @params = new { path = "authz/odd" } },
        } } });
        _host.Opa.Documents["authz/allow"] = _ => false;
        _host.Opa.Documents["authz/odd"] = _ => "x";
        var told = (await _api.PostAsync("/api/v1/authorization/explain", new { user = "alice", permission = "docs:read" })).Is(200);
        Assert.Equal("condition_error", told["trace"][0].GetProperty("outcome").GetString());
        Assert.Equal(
            """[{"engine":"opa","path":"authz/absent","answer":"undefined","problem":null,"final_word":false},{"engine":"opa","path":"authz/allow","answer":"false","problem":null,"final_word":false},{"engine":"opa","path":"authz/odd","answer":"error","problem":"the policy server\u0027s result is neither true nor false","final_word":false}]""",
            JsonSerializer.Serialize(told["outside"]));
    }

    [Fact]
    public async Task Assign_AConditionThatIsNone_IsRefusedByItsPlace()
    {
        await _api.RoleAsync("reader", "docs:read");
        var refused = (await _api.PostAsync("/api/v1/roles/reader/assign", new
        {
            user_id = "alice", conditions = new object[] { new { type = "not", @params = new { condition = new { type = "opa", @params = new { path = "a", url = "file:///etc" } } } } },
        })).Refused(400, "validation_failed");
        Assert.Contains("conditions[0].params.condition.params.url", refused.Text, StringComparison.Ordinal);
    }

    private Task<Reply> AskAsync(string id, string cleared) => _api.AskAsync(new { user = "alice", permission = "docs:read", resource = new { id }, context = new { cleared } });
}
