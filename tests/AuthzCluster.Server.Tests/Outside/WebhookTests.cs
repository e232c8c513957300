using System.Security.Cryptography;
using System.Text;
using AuthzCluster.Hosting.Webhooks;
using AuthzCluster.Http.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Server.Tests.Outside;

public sealed class WebhookTests : IAsyncLifetime
{
    private const string Hooks = "/api/v1/webhooks";

    private readonly TemporaryDirectory _directory = new();
    private Receiver _receiver = null!;
    private ServerApp _app = null!;
    private HttpClient _http = null!;

    private ApiClient Api => new(_http, "");

    public async Task InitializeAsync()
    {
        _receiver = await Receiver.StartAsync();
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        await _receiver.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Event_IsDeliveredSignedAsCloudEvent()
    {
        var hook = (await Api.PostAsync(Hooks, new { url = _receiver.Url, events = new[] { "role.created" } })).Is(201);
        Assert.Equal($"/api/v1/webhooks/{hook["id"].GetString()}", hook.Headers["Location"]);
        await Api.RoleAsync("one", "a:read");

        var message = await _receiver.NextAsync();
        Assert.StartsWith("application/cloudevents+json", message.ContentType, StringComparison.Ordinal);
        Assert.Equal(("1.0", "role.created", "one", message.Id), (
            message.Json.GetProperty("specversion").GetString(), message.Json.GetProperty("type").GetString(), message.RoleName, message.Json.GetProperty("id").GetString()));
        Assert.Equal(Sign(hook["secret"].GetString()!, message), message.Signature);
        var read = (await Api.GetAsync($"{Hooks}/{hook["id"].GetString()}")).Is(200);
        Assert.False(read.Json.TryGetProperty("secret", out _));
        Assert.DoesNotContain("hush", (await Api.GetAsync("/api/v1/audit?action=webhook.created")).Is(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Url_IsToldOfSchemeAndHostToWhoMayNotChangeIt()
    {
        var url = new Uri(_receiver.Url).GetLeftPart(UriPartial.Authority) + "/path-secret?token=query-secret";
        var id = (await Api.PostAsync(Hooks, new { url })).Is(201)["id"].GetString();
        await Api.RoleAsync("looker", "authz.webhooks:read", "authz.audit:read");
        var key = (await Api.PostAsync("/api/v1/api-keys", new { name = "looker", roles = new[] { "looker" } })).Is(201)["key"].GetString()!;

        foreach (var path in new[] { Hooks, $"{Hooks}/{id}", "/api/v1/audit?action=webhook.created" })
        {
            var text = (await Api.As(key).GetAsync(path)).Is(200).Text;
            Assert.Contains(new Uri(url).GetLeftPart(UriPartial.Authority), text, StringComparison.Ordinal);
            Assert.DoesNotContain("-secret", text, StringComparison.Ordinal);
        }
        Assert.Equal(url, (await Api.GetAsync($"{Hooks}/{id}")).Is(200)["url"].GetString());
    }

    [Fact]
    public async Task Create_ManyAtOnce_StaysWithinTheLimit()
    {
        async Task<int> MakeAsync(int count) => (await Task.WhenAll(Enumerable.Range(0, count).Select(i =>
            Api.PostAsync(Hooks, new { url = _receiver.Url, events = new[] { "role.created" } })))).Count(reply => reply.Status == 201);
        Assert.Equal(90, await MakeAsync(30) + await MakeAsync(30) + await MakeAsync(30));

        Assert.Equal(10, await MakeAsync(60));

        var all = (await Api.GetAsync($"{Hooks}?limit=1000")).Items;
        Assert.Equal(100, all.Count);
        (await Api.DeleteAsync($"{Hooks}/{all[^1].GetProperty("id").GetString()}")).Is(204);
        (await Api.DeleteAsync($"{Hooks}/{all[0].GetProperty("id").GetString()}")).Is(204);
        Assert.Equal(2, await MakeAsync(20));
    }

    [Fact]
    public async Task Secret_Rotated_BothSignForAWhile()
    {
        var hook = await HookAsync();
        var rotated = (await Api.PostAsync($"{Hooks}/{hook.Id}/rotate", new { overlap = "PT1H" })).Is(200);
        await Api.RoleAsync("one", "a:read");
        var message = await _receiver.NextAsync();
        Assert.Equal($"{Sign(rotated["secret"].GetString()!, message)} {Sign(hook.Secret, message)}", message.Signature);

        var last = (await Api.PostAsync($"{Hooks}/{hook.Id}/rotate", new { overlap = "PT0S" })).Is(200);
        await Api.RoleAsync("two", "a:read");
        message = await _receiver.NextAsync();
        Assert.Equal(Sign(last["secret"].GetString()!, message), message.Signature);
    }

    [Fact]
    public async Task Receiver_ThatFails_IsTriedAgainAndTheOrderIsKept()
    {
        var failures = 3;
        _receiver.Instead = (http, _) =>
        {
            http.Response.StatusCode = failures-- > 0 ? 500 : 200;
            return Task.CompletedTask;
        };
        await HookAsync();
        foreach (var name in new[] { "one", "two", "three" })
        {
            await Api.RoleAsync(name, "a:read");
        }
        var names = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            names.Add((await _receiver.NextAsync()).RoleName);
        }
        Assert.Equal(["one", "one", "one", "one", "two", "three"], names);
    }

    [Fact]
    public async Task Event_ThatNobodyTakes_GoesToTheDeadLettersAndCanBeReplayed()
    {
        _receiver.Instead = (http, message) =>
        {
            http.Response.StatusCode = message.RoleName == "bad" ? 500 : 200;
            return Task.CompletedTask;
        };
        var hook = await HookAsync();
        await Api.RoleAsync("bad", "a:read");
        await Api.RoleAsync("good", "a:read");
        while ((await _receiver.NextAsync()).RoleName != "good")
        {
            // Its attempts.
        }
        var dead = Assert.Single((await Api.GetAsync($"{Hooks}/{hook.Id}/dead-letters")).Is(200).Items);
        Assert.Equal(("role.created", 4, "the receiver answered 500"), (dead.GetProperty("type").GetString(), dead.GetProperty("attempts").GetInt32(), dead.GetProperty("error").GetString()));

        _receiver.Instead = null;
        var sequence = dead.GetProperty("sequence").GetInt64();
        (await ReplayWhenDeliveredAsync(hook.Id, sequence)).Is(200);
        Assert.Equal(("bad", "good"), ((await _receiver.NextAsync()).RoleName, (await _receiver.NextAsync()).RoleName));
        Assert.Empty((await Api.GetAsync($"{Hooks}/{hook.Id}/dead-letters")).Is(200).Items);
        (await Api.PostAsync($"{Hooks}/{hook.Id}/replay?from=999999", "{}")).Refused(400, "validation_failed", "from");
        (await Api.PostAsync($"{Hooks}/{hook.Id}/replay", "{}")).Refused(400, "validation_failed", "from");
    }

    [Fact]
    public async Task Redirect_IsNotFollowed()
    {
        _receiver.Instead = (http, _) =>
        {
            http.Response.Redirect("/elsewhere", permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        };
        var hook = await HookAsync();
        await Api.RoleAsync("one", "a:read");
        for (var i = 0; i < 4; i++)
        {
            await _receiver.NextAsync();
        }
        Assert.DoesNotContain("/elsewhere", _receiver.Paths);
    }

    [Fact]
    public async Task AnswerThatLiesOrNeverEnds_IsTakenByItsStatus()
    {
        _receiver.Instead = async (http, _) =>
        {
            http.Response.StatusCode = 200;
            http.Response.ContentLength = long.MaxValue;
            await http.Response.WriteAsync("x");
            await http.Response.Body.FlushAsync();
        };
        await HookAsync();
        await Api.RoleAsync("one", "a:read");
        await Api.RoleAsync("two", "a:read");
        Assert.Equal(("one", "two"), ((await _receiver.NextAsync()).RoleName, (await _receiver.NextAsync()).RoleName));
    }

    [Fact]
    public async Task Restart_GoesOnBehindWhatWasDelivered()
    {
        await HookAsync();
        await Api.RoleAsync("one", "a:read");
        Assert.Equal("one", (await _receiver.NextAsync()).RoleName);
        await Api.RoleAsync("two", "a:read");
        await StopAsync();
        await StartAsync();
        await Api.RoleAsync("three", "a:read");
        var names = new List<string>();
        while (names.LastOrDefault() != "three")
        {
            names.Add((await _receiver.NextAsync()).RoleName);
        }
        // At least once: what was not noted yet comes again.
        Assert.Equal(["two", "three"], names.Where(name => name != "one").Distinct());
    }

    [Fact]
    public async Task SwitchedOff_SendsNothingUntilItIsSwitchedOnAgain()
    {
        var hook = await HookAsync();
        (await Api.PatchAsync($"{Hooks}/{hook.Id}", new { is_active = false }, ("If-Match", "\"1\""))).Is(200);
        (await Api.PatchAsync($"{Hooks}/{hook.Id}", new { is_active = true }, ("If-Match", "\"1\""))).Refused(412, "precondition_failed");
        await Api.RoleAsync("one", "a:read");
        Assert.Empty(_receiver.Paths);
        (await Api.PatchAsync($"{Hooks}/{hook.Id}", new { is_active = true })).Is(200);
        Assert.Equal("one", (await _receiver.NextAsync()).RoleName);
        (await Api.DeleteAsync($"{Hooks}/{hook.Id}")).Is(204);
        (await Api.GetAsync($"{Hooks}/{hook.Id}")).Refused(404, "not_found");
        (await Api.DeleteAsync($"{Hooks}/{hook.Id}")).Refused(404, "not_found");
    }

    [Fact]
    public async Task Create_Repeated_IsOneWebhookWithOneSecret()
    {
        var (first, second) = (
            (await Api.PostAsync(Hooks, new { url = _receiver.Url }, ("Idempotency-Key", "k1"))).Is(201), (await Api.PostAsync(Hooks, new { url = _receiver.Url }, ("Idempotency-Key", "k1"))).Is(201));
        Assert.Equal((first["id"].GetString(), first["secret"].GetString()), (second["id"].GetString(), second["secret"].GetString()));
        Assert.Single((await Api.GetAsync(Hooks)).Is(200).Items);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("hooks.example.com")]
    [InlineData("https://user:pw@hooks.example.com/")]
    [InlineData("https://10.0.0.1/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    public async Task Create_TargetThatIsNotAllowed_IsRefused(string url)
    {
        (await Api.PostAsync(Hooks, new { url })).Refused(400, "validation_failed", "url");
        (await Api.PostAsync(Hooks, new { url = _receiver.Url, events = new[] { "roles" } })).Refused(400, "validation_failed", "events[0]");
        (await Api.PostAsync(Hooks, new { })).Refused(400, "validation_failed", "url");
    }

    private static string Sign(string secret, Receiver.Message message) => "v1," + Convert.ToBase64String(HMACSHA256.HashData(
        Convert.FromBase64String(secret["whsec_".Length..]), (byte[])[.. Encoding.UTF8.GetBytes($"{message.Id}.{message.Timestamp}."), .. message.Body]));

    [Fact]
    public async Task Receivers_ThatAreSlow_KeepNoOtherTenantWaiting()
    {
        // Each in time, and each with something to take for minutes.
        _receiver.Instead = (http, _) => Task.Delay(TimeSpan.FromSeconds(5), http.RequestAborted);
        foreach (var tenant in new[] { "a1", "a2", "a3" })
        {
            (await Api.PostAsync("/api/v1/tenants", new { id = tenant })).Is(201);
            var api = new ApiClient(_http, $"/tenants/{tenant}");
            await Parallel.ForAsync(0, 100, async (_, _) => (await api.PostAsync(Hooks, new { url = _receiver.Url })).Is(201));
            await Parallel.ForAsync(0, 50, async (i, _) => await api.RoleAsync($"r{i}", "a:read"));
        }
        // All that are let are under way by now.
        for (var i = 0; i < 100; i++)
        {
            await _receiver.NextAsync();
        }
        await using var quick = await Receiver.StartAsync();
        (await Api.PostAsync("/api/v1/tenants", new { id = "victim" })).Is(201);
        var victim = new ApiClient(_http, "/tenants/victim");
        (await victim.PostAsync(Hooks, new { url = quick.Url, events = new[] { "role.created" } })).Is(201);

        await victim.RoleAsync("one", "a:read");

        Assert.Equal("one", (await quick.NextAsync()).RoleName);
    }

    [Fact]
    public async Task Webhook_OfWhoMayNotReadEvents_IsNotMadeNorSentElsewhere()
    {
        await Api.RoleAsync("plumber", "authz.webhooks:create", "authz.webhooks:update", "authz.webhooks:read");
        await Api.RoleAsync("reader", "authz.events:read");
        var (plumber, both) = (await KeyAsync("plumber"), await KeyAsync("plumber", "reader"));
        var hook = await HookAsync();

        (await plumber.PostAsync(Hooks, new { url = _receiver.Url })).Refused(403, "forbidden");
        (await plumber.PatchAsync($"{Hooks}/{hook.Id}", new { url = _receiver.Url + "&other" })).Refused(403, "forbidden");
        (await plumber.PatchAsync($"{Hooks}/{hook.Id}", new { events = new[] { "role.*" } })).Refused(403, "forbidden");
        (await plumber.PostAsync($"{Hooks}/{hook.Id}/replay?from=0", "{}")).Refused(403, "forbidden");
        (await plumber.PatchAsync($"{Hooks}/{hook.Id}", new { description = "of the plumber" })).Is(200);
        (await both.PatchAsync($"{Hooks}/{hook.Id}", new { events = new[] { "role.*" } })).Is(200);
        (await both.PostAsync(Hooks, new { url = _receiver.Url })).Is(201);
    }

    private async Task<ApiClient> KeyAsync(params string[] roles)
    {
        var key = (await Api.PostAsync("/api/v1/api-keys", new { name = "k", roles })).Is(201)["key"].GetString()!;
        return Api.As(key);
    }

    private async Task<(string Id, string Secret)> HookAsync()
    {
        var hook = (await Api.PostAsync(Hooks, new { url = _receiver.Url, events = new[] { "role.created" } })).Is(201);
        return (hook["id"].GetString()!, hook["secret"].GetString()!);
    }

    // What was delivered is noted a moment later; before that the sequence may not be reached yet, and the note would be in the way.
    private async Task<Reply> ReplayWhenDeliveredAsync(string hook, long from)
    {
        while ((await Api.GetAsync($"{Hooks}/{hook}")).Is(200)["delivered_until"].GetInt64() <= from)
        {
            await Task.Yield();
        }
        return await Api.PostAsync($"{Hooks}/{hook}/replay?from={from}", "{}");
    }

    private async Task StartAsync()
    {
        var webhooks = new WebhookOptions
        {
            Targets = [WebhookTarget.Parse("http://127.0.0.1")], Attempts = 4, Pause = TimeSpan.FromMilliseconds(10), Timeout = TimeSpan.FromSeconds(10),
        };
        _app = await ServerApp.StartAsync(new ServerOptions { Data = _directory.Path, Http = new() { Port = 0 }, Webhooks = webhooks });
        _http = new HttpClient { BaseAddress = _app.Url };
        _http.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(_app.AdminKeyPath)).Trim());
    }

    private async Task StopAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }
}
