using System.Text;
using AuthzCluster.Server.Tests.Processes;
using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Server.Tests.Support;

namespace AuthzCluster.Server.Tests.Repeats;

/// <summary>What is kept of requests: past restarts and kill -9, for a day, and with no secret that could be read.</summary>
public sealed class RepeatDurabilityTests
{
    private const string Roles = "/api/v1/roles", Keys = "/api/v1/api-keys", Header = "Idempotency-Key";

    [Fact]
    public async Task Repeat_AfterARestart_GivesTheFirstAnswer()
    {
        await using var server = await KeyServer.StartedAsync();
        var role = (await server.Api.PostAsync(Roles, new { name = "n" }, (Header, "role"))).Is(201);
        var key = (await server.Api.PostAsync(Keys, new { name = "n" }, (Header, "key"))).Is(201);

        await server.StartAsync();

        Assert.Equal(role.Text, (await server.Api.PostAsync(Roles, new { name = "n" }, (Header, "role"))).Is(201).Text);
        Assert.Equal(key.Text, (await server.Api.PostAsync(Keys, new { name = "n" }, (Header, "key"))).Is(201).Text);
    }

    [Fact]
    public async Task Repeat_AfterADay_IsANewRequest()
    {
        await using var server = await KeyServer.StartedAsync();
        var first = (await server.Api.PostAsync(Roles, new { name = "n" }, (Header, "k"))).Is(201);
        server.Time.Advance(TimeSpan.FromHours(24));
        Assert.Equal(first.Text, (await server.Api.PostAsync(Roles, new { name = "n" }, (Header, "k"))).Is(201).Text);

        server.Time.Advance(TimeSpan.FromMicroseconds(1));
        // What is old is removed when it starts, too.
        await server.StartAsync();
        Reply again;
        do
        {
            again = await server.Api.PostAsync(Roles, new { name = "n" }, (Header, "k"));
        }
        while (again.Status == 201);

        again.Refused(409, "role_already_exists");
    }

    [Fact]
    public async Task Secret_OfAKeptAnswer_IsNowhereInTheDataDirectory()
    {
        await using var server = await KeyServer.StartedAsync();
        var made = (await server.Api.PostAsync(Keys, new { name = "n" }, (Header, "the-idempotency-key"))).Is(201);
        var rotated = (await server.Api.PostAsync($"{Keys}/{made["id"].GetString()}/rotate", new { }, (Header, "another-one"))).Is(200);
        await server.StopAsync();

        foreach (var secret in new[] { made["key"].GetString()!, rotated["key"].GetString()!, "the-idempotency-key" })
        {
            Assert.All(Directory.GetFiles(server.Data).Where(file => file != server.AdminKeyPath), file =>
                Assert.False(File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0, file));
        }
    }

    [Fact]
    public async Task Repeat_AfterKills_IsDoneOnce()
    {
        using var directory = new TemporaryDirectory();
        var made = new Dictionary<string, string>();
        for (var round = 0; round < 4; round++)
        {
            using var process = ServerProcessRun.Start(["--port", "0", "--data", directory.Path]);
            using var http = new HttpClient { BaseAddress = await process.UrlAsync() };
            http.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(Path.Combine(directory.Path, "admin.key"))).Trim());
            var api = new ApiClient(http, "");
            // All of the rounds before are made again, and some more, the last of which are cut off by the kill.
            foreach (var name in Enumerable.Range(0, (round + 1) * 10).Select(i => $"n{i}"))
            {
                var reply = (await api.PostAsync(Roles, new { name, assigned_to = new[] { "user:alice" } }, (Header, name))).Is(201);
                Assert.Equal(made.GetValueOrDefault(name, reply.Text), reply.Text);
                made[name] = reply.Text;
            }
            var cut = Enumerable.Range((round + 1) * 10, 10).Select(i => TryAsync(api, $"n{i}")).ToArray();
            await Task.WhenAny(cut);
            process.Signal("KILL");
            await process.EndAsync();
            foreach (var (name, text) in (await Task.WhenAll(cut)).Where(reply => reply.Text is not null))
            {
                made[name] = text!;
            }
        }
        using var last = ServerProcessRun.Start(["--port", "0", "--data", directory.Path]);
        using var client = new HttpClient { BaseAddress = await last.UrlAsync() };
        client.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(Path.Combine(directory.Path, "admin.key"))).Trim());
        foreach (var (name, text) in made)
        {
            Assert.Equal(text, (await new ApiClient(client, "").PostAsync(Roles, new { name, assigned_to = new[] { "user:alice" } }, (Header, name))).Is(201).Text);
        }
    }

    private static async Task<(string Name, string? Text)> TryAsync(ApiClient api, string name)
    {
        try
        {
            var reply = await api.PostAsync(Roles, new { name, assigned_to = new[] { "user:alice" } }, (Header, name));
            return (name, reply.Status == 201 ? reply.Text : null);
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            return (name, null);
        }
    }
}
