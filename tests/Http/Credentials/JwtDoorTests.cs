using AuthzCluster.Api.Credentials;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Credentials;

/// <summary>Bearer tokens at the door of a real server.</summary>
[Collection(ServerCollection.Name)]
public sealed class JwtDoorTests(ServerFixture server)
{
    [Fact]
    public async Task Request_WithToken_IsTheUsersOwn()
    {
        var api = await server.TenantAsync();
        var bob = api.As(server.TokenOf("bob", api.Tenant));

        (await bob.PostAsync("/api/v1/roles", new { name = "clerk" })).Refused(403, "forbidden");
        await api.AssignAsync("role_tenant_admin", "bob");
        (await bob.PostAsync("/api/v1/roles", new { name = "clerk" })).Is(201);

        var record = (await api.GetAsync("/api/v1/audit?action=role.created")).Items[^1];
        Assert.Equal("user:bob", record.GetProperty("actor").GetString());
    }

    [Fact]
    public async Task Request_InATenantThatTheTokenDoesNotName_IsForbidden()
    {
        var (here, there) = (await server.TenantAsync(), await server.TenantAsync());
        await here.AssignAsync("role_tenant_admin", "bob");
        await there.AssignAsync("role_tenant_admin", "bob");
        var token = server.TokenOf("bob", here.Tenant);

        (await here.As(token).GetAsync("/api/v1/roles")).Is(200);
        (await there.As(token).GetAsync("/api/v1/roles")).Refused(403, "forbidden");
        (await there.As(server.TokenOf("bob", here.Tenant, there.Tenant)).GetAsync("/api/v1/roles")).Is(200);
    }

    [Fact]
    public async Task Request_InATenantThatIsNotThere_IsForbiddenAsInAnyOther()
    {
        var nowhere = new ApiClient(server.Http, "/tenants/nowhere");
        var bob = nowhere.As(server.TokenOf("bob", "nowhere"));

        (await bob.GetAsync("/api/v1/roles")).Refused(403, "forbidden");
        (await bob.PostAsync("/api/v1/authorization/evaluate", new { user = "bob", permission = "a:b" })).Refused(403, "forbidden");
        (await bob.PostAsync("/api/v1/authorization/evaluate/batch", new { evaluations = Array.Empty<object>() })).Refused(403, "forbidden");
        (await bob.GetAsync("/api/v1/users/bob/permissions")).Refused(403, "forbidden");
        (await nowhere.GetAsync("/api/v1/roles")).Refused(404, "tenant_not_found");
    }

    [Fact]
    public async Task Request_AboutOneself_NeedsNoRole()
    {
        var api = await server.TenantAsync();
        var bob = api.As(server.TokenOf("bob", api.Tenant));

        Assert.Equal("no_assignment", await bob.ReasonAsync("bob", "a:b"));
        (await bob.PostAsync("/api/v1/authorization/evaluate", new { user = "alice", permission = "a:b" })).Refused(403, "forbidden");
    }

    [Fact]
    public async Task Request_WithBadToken_IsUnauthenticatedAndEchoesNothing()
    {
        var api = await server.TenantAsync();
        var claims = TestIssuer.Claims("bob", DateTimeOffset.UtcNow, api.Tenant);
        string[] bad =
        [
            TestKey.Rsa("rsa-1").Sign(claims.ToJsonString()),
            server.Issuer.Token(TestIssuer.Claims("bob", DateTimeOffset.UtcNow.AddHours(-2), api.Tenant)),
            $"{TestIssuer.Part("""{"alg":"none"}""")}.{TestIssuer.Part(claims.ToJsonString())}.",
            "a.b.c",
            server.TokenOf("bob"),
        ];
        foreach (var token in bad)
        {
            var reply = (await api.As(token).GetAsync("/api/v1/roles")).Refused(401, "unauthenticated");
            Assert.DoesNotContain(token.Split('.').Where(part => part.Length > 3), part => reply.Text.Contains(part, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Request_WhileTheIssuerIsDown_IsUnavailableAndOthersAreServed()
    {
        var key = TestKey.Ec("ec-1");
        await using var issuer = await OidcEndpoint.StartAsync(key);
        issuer.IsDown = true;
        await using var own = await ServerHost.StartAsync(new()
        {
            Jwt = new JwtOptions { Issuer = TestIssuer.Name, Audiences = [TestIssuer.Audience], Metadata = MetadataAddress.Parse(issuer.Url.AbsoluteUri) },
        });
        using var http = new HttpClient { BaseAddress = own.Url };
        var api = new ApiClient(http, "");

        var reply = (await api.As(key.Sign(TestIssuer.Claims("bob", DateTimeOffset.UtcNow).ToJsonString())).GetAsync("/api/v1/roles")).Refused(503, "unavailable");
        Assert.True(reply.Headers.ContainsKey("Retry-After"));
        Assert.Equal(1, issuer.Reads);
        (await api.As(key.Sign(TestIssuer.Claims("eve", DateTimeOffset.UtcNow).ToJsonString())).GetAsync("/health/live")).Is(200);
        (await api.As(key.Sign(TestIssuer.Claims("eve", DateTimeOffset.UtcNow).ToJsonString())).GetAsync("/health/ready")).Is(200);
        (await api.As(own.Key).GetAsync("/api/v1/roles")).Is(200);
    }

    [Fact]
    public async Task Request_WithTokenOfAPublishingIssuer_IsServed()
    {
        var key = TestKey.Ec("ec-1");
        await using var issuer = await OidcEndpoint.StartAsync(key);
        await using var own = await ServerHost.StartAsync(new()
        {
            Jwt = new JwtOptions { Issuer = TestIssuer.Name, Audiences = [TestIssuer.Audience], Metadata = MetadataAddress.Parse(issuer.Url.AbsoluteUri) },
        });
        using var http = new HttpClient { BaseAddress = own.Url };

        var bob = new ApiClient(http, "").As(key.Sign(TestIssuer.Claims("bob", DateTimeOffset.UtcNow).ToJsonString()));

        Assert.Equal("no_assignment", await bob.ReasonAsync("bob", "a:b"));
    }
}
