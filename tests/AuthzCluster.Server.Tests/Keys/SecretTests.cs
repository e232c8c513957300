using System.Security.Cryptography;
using System.Text;
using AuthzCluster.Server.Tests.Support;

namespace AuthzCluster.Server.Tests.Keys;

/// <summary>What is secret is in the answer that made it, and nowhere else.</summary>
public sealed class SecretTests : IAsyncLifetime
{
    private const string Keys = "/api/v1/api-keys";

    private readonly List<string> _texts = [];
    private KeyServer _server = null!;

    public async Task InitializeAsync() => _server = await KeyServer.StartedAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Tokens_AfterAWholeLife_AreNowhere()
    {
        var admin = (await File.ReadAllTextAsync(_server.AdminKeyPath)).Trim();
        var made = (await _server.Api.PostAsync(Keys, new { name = "x", roles = new[] { "tenant_admin" } })).Is(201);
        var (id, first) = (made["id"].GetString(), made["key"].GetString()!);
        await UseAsync(first);
        var second = (await _server.Api.As(first).PostAsync($"{Keys}/{id}/rotate", new { })).Is(200)["key"].GetString()!;
        await UseAsync(second);
        _texts.Add((await _server.Api.DeleteAsync($"{Keys}/{id}")).Is(204).Text);
        await UseAsync(second);
        foreach (var path in new[] { "/api/v1/audit?limit=1000", "/tenants/system/api/v1/audit?limit=1000", "/api/v1/export?format=json", "/api/v1/export?format=yaml", Keys, $"{Keys}/{id}", "/tenants/system" + Keys })
        {
            _texts.Add((await _server.Api.GetAsync(path)).Text);
        }
        await _server.StopAsync();

        Assert.True(_server.Log.Count > 20, $"of {_server.Log.Count} lines logged the test would see nothing: {string.Join("\n", _server.Log.Take(40))}");
        Assert.Contains(_texts, text => text.Contains("api_key.rotated", StringComparison.Ordinal));
        _texts.AddRange(_server.Log);
        var files = Directory.GetFiles(_server.Data).Where(file => file != _server.AdminKeyPath && Path.GetFileName(file) != "page-token.key").Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))).ToList();
        Assert.Contains(files, text => text.Contains(id!, StringComparison.Ordinal));
        foreach (var token in new[] { admin, first, second })
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(token));
            foreach (var form in new[] { token.Split('.')[1], Convert.ToHexString(hash), Convert.ToHexStringLower(hash), Convert.ToBase64String(hash) })
            {
                Assert.DoesNotContain(_texts, text => text.Contains(form, StringComparison.OrdinalIgnoreCase));
                Assert.DoesNotContain(files, text => text.Contains(form, StringComparison.OrdinalIgnoreCase));
            }
        }
    }

    // Good and bad requests with a token at every place where a caller may put it by mistake.
    private async Task UseAsync(string token)
    {
        var key = _server.Api.As(token);
        foreach (var reply in new[]
        {
            await key.GetAsync("/api/v1/roles"), await key.GetAsync("/api/v1/tenants"), await key.GetAsync("/no/such/path"), await key.PostAsync("/api/v1/roles", "{"),
            await key.PostAsync(Keys, new { name = "y", roles = new[] { "super_admin" } }), await key.SendAsync("PATCH", Keys, null), await key.GetAsync("/api/v1/roles?limit=0"),
            await _server.Api.As(token + "x").GetAsync("/api/v1/roles"), await _server.Api.As(token[..^1]).GetAsync("/api/v1/roles"),
        })
        {
            _texts.Add(reply.Text);
        }
    }
}
