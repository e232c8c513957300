using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Repeats;

/// <summary><c>Idempotency-Key</c>: whose it is, what it may be, and what is kept under it.</summary>
[Collection(ServerCollection.Name)]
public sealed class RepeatTests(ServerFixture server)
{
    private const string Roles = "/api/v1/roles", Keys = "/api/v1/api-keys", Header = "Idempotency-Key", Replayed = "Idempotency-Replayed";

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a, b")]
    public async Task Key_ThatIsNone_IsRefused(string key)
    {
        var api = await server.TenantAsync();
        (await api.PostAsync(Roles, new { name = "n" }, (Header, key))).Refused(400, "validation_failed", Header);
        (await api.PostAsync(Roles, new { name = "n" }, (Header, new string('k', 256)))).Refused(400, "validation_failed", Header);
        (await api.PostAsync(Roles, new { name = "n" }, (Header, new string('k', 255)))).Is(201);
    }

    [Fact]
    public async Task Key_OfAnotherTenantOrPrincipal_IsAnother()
    {
        var (one, two) = (await server.TenantAsync(), await server.TenantAsync());
        await one.AssignAsync("tenant_admin", "bob");
        var bob = one.As(server.TokenOf("bob", one.Tenant));

        var replies = new[]
        {
            (await one.PostAsync(Roles, new { name = "n" }, (Header, "k"))).Is(201),
            (await two.PostAsync(Roles, new { name = "n" }, (Header, "k"))).Is(201),
            (await bob.PostAsync(Roles, new { name = "m" }, (Header, "k"))).Is(201),
        };

        Assert.Equal(3, replies.Select(reply => reply["id"].GetString()).Distinct().Count());
        Assert.All(replies, reply => Assert.False(reply.Headers.ContainsKey(Replayed)));
    }

    [Fact]
    public async Task Key_WithOtherPathQueryOrHeaders_IsRefused()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("n");
        (await api.PutAsync($"{Roles}/n", new { name = "n", description = "d" }, (Header, "k"))).Is(200);

        (await api.PutAsync($"{Roles}/m", new { name = "n", description = "d" }, (Header, "k"))).Refused(409, "invalid_state");
        (await api.PutAsync($"{Roles}/n", new { name = "n", description = "d" }, (Header, "k"), ("If-Match", "\"1\""))).Refused(409, "invalid_state");
        (await api.DeleteAsync($"{Roles}/n", (Header, "k"))).Refused(409, "invalid_state");
        // The same by another form of its path.
        Assert.Equal("true", (await api.PutAsync("/api/roles/n/", new { name = "n", description = "d" }, (Header, "k"))).Is(200).Headers[Replayed]);
    }

    [Fact]
    public async Task Repeat_OfWhatWasRefused_IsJudgedAgain()
    {
        var api = await server.TenantAsync();
        (await api.PostAsync($"{Roles}/n/assign", new { user_id = "alice" }, (Header, "k"))).Refused(404, "role_not_found");
        await api.RoleAsync("n");

        var done = (await api.PostAsync($"{Roles}/n/assign", new { user_id = "alice" }, (Header, "k"))).Is(200);

        Assert.False(done.Headers.ContainsKey(Replayed));
    }

    [Fact]
    public async Task Repeat_AfterAllHasChanged_GivesTheFirstAnswerAndChangesNothing()
    {
        var api = await server.TenantAsync();
        var made = (await api.PostAsync(Roles, new { name = "n", permissions = new[] { "a:read" } }, (Header, "make"))).Is(201);
        var assigned = (await api.PostAsync($"{Roles}/n/assign", new { user_id = "alice" }, (Header, "give"))).Is(200);
        var updated = (await api.PutAsync($"{Roles}/n", new { name = "n2" }, (Header, "put"), ("If-Match", made.Headers["ETag"]))).Is(200);
        (await api.DeleteAsync($"{Roles}/n2?force=true", (Header, "end"))).Is(204);

        Assert.Equal(made.Text, (await api.PostAsync(Roles, new { name = "n", permissions = new[] { "a:read" } }, (Header, "make"))).Is(201).Text);
        Assert.Equal(assigned.Text, (await api.PostAsync($"{Roles}/n/assign", new { user_id = "alice" }, (Header, "give"))).Is(200).Text);
        Assert.Equal(updated.Text, (await api.PutAsync($"{Roles}/n", new { name = "n2" }, (Header, "put"), ("If-Match", made.Headers["ETag"]))).Is(200).Text);
        (await api.DeleteAsync($"{Roles}/n2?force=true", (Header, "end"))).Is(204);
        (await api.GetAsync($"{Roles}/n")).Refused(404, "role_not_found");
        (await api.DeleteAsync($"{Roles}/n2?force=true")).Refused(404, "role_not_found");
    }

    [Fact]
    public async Task Repeat_FiftyAtOnce_IsDoneOnce()
    {
        var api = await server.TenantAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => api.PostAsync(Roles, new { name = "n", assigned_to = new[] { "user:alice" } }, (Header, "k"))));

        Assert.Single(replies.Select(reply => (reply.Is(201).Text, reply.Headers["Location"], reply.Headers["ETag"])).Distinct());
        Assert.Single(replies, reply => !reply.Headers.ContainsKey(Replayed));
        Assert.Single((await api.GetAsync($"{Roles}?include_built_in=false")).Items);
    }

    [Fact]
    public async Task Repeat_ByOneWhoMayNotAnyMore_IsNotTold()
    {
        var api = await server.TenantAsync();
        await api.AssignAsync("tenant_admin", "bob");
        var bob = api.As(server.TokenOf("bob", api.Tenant));
        (await bob.PostAsync(Roles, new { name = "n" }, (Header, "k"))).Is(201);

        (await api.DeleteAsync($"{Roles}/tenant_admin/users/bob")).Is(204);

        (await bob.PostAsync(Roles, new { name = "n" }, (Header, "k"))).Refused(403, "forbidden");
    }

    [Fact]
    public async Task Repeat_WithAnotherTokenOfTheSamePrincipal_IsTheSame()
    {
        var api = await server.TenantAsync();
        await api.AssignAsync("tenant_admin", "bob");
        var (one, two) = (api.As(server.TokenOf("bob", api.Tenant)), api.As(server.TokenOf("bob", api.Tenant, "other")));
        var made = (await one.PostAsync(Roles, new { name = "n" }, (Header, "k"))).Is(201);

        Assert.Equal(made.Text, (await two.PostAsync(Roles, new { name = "n" }, (Header, "k"))).Is(201).Text);
    }

    [Fact]
    public async Task ApiKey_Repeated_IsToldToTheSameCredentialAsItWasAndReplacedForAnother()
    {
        var api = await server.TenantAsync();
        await api.AssignAsync("tenant_admin", "bob");
        var (one, two) = (api.As(server.TokenOf("bob", api.Tenant)), api.As(server.TokenOf("bob", api.Tenant, "other")));
        var body = new { name = "n", roles = new[] { "viewer" } };
        var made = (await one.PostAsync(Keys, body, (Header, "k"))).Is(201);

        var same = (await one.PostAsync(Keys, body, (Header, "k"))).Is(201);
        Assert.Equal(made.Text, same.Text);
        Assert.Equal("no-store", same.Headers["Cache-Control"]);
        (await api.As(made["key"].GetString()!).GetAsync(Roles)).Is(200);

        var replaced = (await two.PostAsync(Keys, body, (Header, "k"))).Is(201);
        Assert.Equal(made["id"].GetString(), replaced["id"].GetString());
        Assert.NotEqual(made["key"].GetString(), replaced["key"].GetString());
        (await api.As(replaced["key"].GetString()!).GetAsync(Roles)).Is(200);
        Assert.Single((await api.GetAsync(Keys)).Items);
    }
}
