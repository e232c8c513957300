using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Server.Tests.Support;

namespace AuthzCluster.Server.Tests.Keys;

/// <summary>From when and until when keys are taken, with a clock that the test moves.</summary>
public sealed class KeyTimeTests : IAsyncLifetime
{
    private const string Keys = "/api/v1/api-keys", Roles = "/api/v1/roles";

    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(5), Tick = TimeSpan.FromMicroseconds(1);

    private KeyServer _server = null!;

    public async Task InitializeAsync() => _server = await KeyServer.StartedAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Revoke_KeyInUse_IsWorthNothingWithinFiveSeconds()
    {
        var (id, key) = await MakeAsync(new { name = "x", roles = new[] { "viewer" } });
        (await key.GetAsync(Roles)).Is(200);

        (await _server.Api.DeleteAsync($"{Keys}/{id}")).Is(204);

        // What it held is gone at once, and the key itself within the door's memory.
        Assert.NotEqual(200, (await key.GetAsync(Roles)).Status);
        _server.Time.Advance(Memory);
        (await key.GetAsync(Roles)).Refused(401, "unauthenticated");
        (await _server.Api.DeleteAsync($"{Keys}/{id}")).Refused(404, "not_found");
        (await _server.Api.GetAsync($"{Keys}/{id}")).Refused(404, "not_found");
    }

    [Fact]
    public async Task Expiry_KeyInUse_IsExact()
    {
        var (id, key) = await MakeAsync(new { name = "x", roles = new[] { "viewer" }, expires_at = _server.Time.GetUtcNow().AddSeconds(3) });
        (await key.GetAsync(Roles)).Is(200);
        _server.Time.Advance(TimeSpan.FromSeconds(3) - Tick);
        (await key.GetAsync(Roles)).Is(200);

        _server.Time.Advance(Tick);

        (await key.GetAsync(Roles)).Refused(401, "unauthenticated");
        Assert.False((await _server.Api.GetAsync($"{Keys}/{id}")).Is(200)["is_active"].GetBoolean());
        (await _server.Api.PostAsync($"{Keys}/{id}/rotate", new { })).Refused(409, "invalid_state");
    }

    [Fact]
    public async Task Rotate_WithOverlap_BothAreTakenUntilItsEnd()
    {
        var (id, old) = await MakeAsync(new { name = "x", roles = new[] { "viewer" } });
        (await old.GetAsync(Roles)).Is(200);

        var rotated = (await _server.Api.PostAsync($"{Keys}/{id}/rotate", new { overlap = "PT1H" })).Is(200);
        var fresh = _server.Api.As(rotated["key"].GetString()!);

        Assert.Equal("no-store", rotated.Headers["Cache-Control"]);
        Assert.Equal("2026-07-01T09:00:00Z", rotated["previous_valid_until"].GetString());
        _server.Time.Advance(TimeSpan.FromHours(1) - Tick);
        (await old.GetAsync(Roles)).Is(200);
        (await fresh.GetAsync(Roles)).Is(200);
        _server.Time.Advance(Tick);
        (await old.GetAsync(Roles)).Refused(401, "unauthenticated");
        (await fresh.GetAsync(Roles)).Is(200);
    }

    [Fact]
    public async Task Rotate_UsuallyAndAtOnce_ADayAndNothing()
    {
        var (id, old) = await MakeAsync(new { name = "x", roles = new[] { "viewer" } });

        var usual = (await _server.Api.SendAsync("POST", $"{Keys}/{id}/rotate", null)).Is(200);
        Assert.Equal("2026-07-02T08:00:00Z", usual["previous_valid_until"].GetString());
        var atOnce = (await _server.Api.PostAsync($"{Keys}/{id}/rotate", new { overlap = "PT0S" })).Is(200);

        (await old.GetAsync(Roles)).Refused(401, "unauthenticated");
        (await _server.Api.As(usual["key"].GetString()!).GetAsync(Roles)).Refused(401, "unauthenticated");
        (await _server.Api.As(atOnce["key"].GetString()!).GetAsync(Roles)).Is(200);
    }

    [Fact]
    public async Task LastUsed_AKeyThatIsUsed_IsTold()
    {
        var (id, key) = await MakeAsync(new { name = "x", roles = new[] { "viewer" } });
        Assert.Equal("Null", (await _server.Api.GetAsync($"{Keys}/{id}"))["last_used_at"].ValueKind.ToString());
        (await key.GetAsync(Roles)).Is(200);

        Reply told;
        do
        {
            // The clock's minute passes, and is then written down beside this test.
            _server.Time.Advance(TimeSpan.FromSeconds(30));
            told = (await _server.Api.GetAsync($"{Keys}/{id}")).Is(200);
        }
        while (told["last_used_at"].GetString() is null);

        Assert.Equal("2026-07-01T08:00:00Z", told["last_used_at"].GetString());
    }

    [Fact]
    public async Task DeleteTenant_KeysOfIt_AreWorthNothing()
    {
        var tenant = await _server.TenantAsync("acme");
        var made = (await tenant.PostAsync(Keys, new { name = "x", roles = new[] { "viewer" }, tenants = new[] { "acme", "default" } })).Is(201);
        var key = _server.Api.As(made["key"].GetString()!);
        (await key.GetAsync(Roles)).Is(200);

        (await _server.Api.DeleteAsync("/api/v1/tenants/acme")).Is(204);
        _server.Time.Advance(Memory);

        (await key.GetAsync(Roles)).Refused(401, "unauthenticated");
        await _server.TenantAsync("acme");
        (await _server.In("acme", made["key"].GetString()!).GetAsync(Roles)).Refused(401, "unauthenticated");
    }

    [Fact]
    public async Task Refusal_InTenantsThatAreNotThere_DoesNotFillTheLogOfSystem()
    {
        var made = (await _server.Api.PostAsync(Keys, new { name = "x" })).Is(201);
        var (id, key) = (made["id"].GetString(), made["key"].GetString()!);
        var system = _server.In("system", (await File.ReadAllTextAsync(_server.AdminKeyPath)).Trim());

        Assert.Equal(2, await TryAsync()); // one for reading, one for writing
        Assert.Equal(2, await TryAsync());
        _server.Time.Advance(Memory);
        Assert.Equal(4, await TryAsync());

        async Task<int> TryAsync()
        {
            for (var i = 0; i < 10; i++)
            {
                var nowhere = _server.In($"nowhere-{i}", key);
                (await nowhere.GetAsync(Roles)).Refused(403, "forbidden");
                (await nowhere.PostAsync(Roles, new { name = "x" })).Refused(403, "forbidden");
            }
            return (await system.GetAsync($"/api/v1/audit?action=access.refused&actor=service:{id}")).Is(200).Items.Count;
        }
    }

    private async Task<(string Id, ApiClient Client)> MakeAsync(object body)
    {
        var made = (await _server.Api.PostAsync(Keys, body)).Is(201);
        return (made["id"].GetString()!, _server.Api.As(made["key"].GetString()!));
    }
}
