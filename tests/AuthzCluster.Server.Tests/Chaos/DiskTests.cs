using System.Text.Json;
using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Testing;

namespace AuthzCluster.Server.Tests.Chaos;

/// <summary>A disk that takes no more: writes are refused, everything else goes on, and nothing acknowledged is lost.</summary>
public sealed class DiskTests
{
    private const int Megabytes = 16;

    [MountFact]
    public async Task DiskFull_WritesAreUnavailableAndTheRestGoesOnUntilThereIsSpace()
    {
        using var disk = new Tmpfs(Megabytes);
        var ballast = Path.Combine(disk.Path, "ballast");
        await CheckAsync(disk.Path, () => Fill(ballast), () => File.Delete(ballast));
    }

    [ImmutableFact]
    public async Task DiskReadOnly_WritesAreUnavailableAndTheRestGoesOnUntilItIsNot()
    {
        using var data = new TemporaryDirectory();
        void Freeze(string how) =>
            Assert.All(Directory.GetFiles(data.Path, "authz.db*"), file => Assert.True(Tool.Run("chattr", how, file)));
        try
        {
            await CheckAsync(data.Path, () => Freeze("+i"), () => Freeze("-i"));
        }
        finally
        {
            Freeze("-i");
        }
    }

    private static async Task CheckAsync(string data, Action breakDisk, Action healDisk)
    {
        var acknowledged = new List<string>();
        await using (var server = await ServerUnderTest.StartAsync(data))
        {
            var api = new ApiClient(server.Http, "");
            await api.RoleAsync("clerk", "invoices:read");
            await api.AssignAsync("clerk", "alice");
            await api.AssignAsync("clerk", "cold");
            acknowledged.AddRange(["alice", "cold"]);
            await ReadyAsync(api, writes: true);

            breakDisk();
            await AssignUntilAsync(api, acknowledged, 503);
            Assert.True((await RefusedAsync(api.PostAsync("/api/v1/roles", new { name = "late" }))).Headers.ContainsKey("Retry-After"));
            await RefusedAsync(api.DeleteAsync("/api/v1/roles/clerk/users/alice"));
            await RefusedAsync(api.DeleteAsync("/api/v1/roles/clerk?force=true"));
            await RefusedAsync(api.PutAsync("/api/v1/teams/a-team/members/alice", null));
            await RefusedAsync(api.PostAsync("/api/v1/import?format=authz", new { roles = new[] { new { name = "imported" } } }));
            Assert.Equal("granted", await api.ReasonAsync("alice", "invoices:read"));
            Assert.Equal("no_assignment", await api.ReasonAsync("never-seen", "invoices:read"));
            Assert.Equal("clerk", (await api.GetAsync("/api/v1/roles/clerk")).Is(200)["name"].GetString());
            (await api.GetAsync("/api/v1/roles/clerk/assignments")).Is(200);
            (await api.GetAsync("/health/live")).Is(200);
            await ReadyAsync(api, writes: false);

            healDisk();
            await AssignUntilAsync(api, acknowledged, 200);
            await ReadyAsync(api, writes: true);
            await CheckHoldersAsync(api, acknowledged);
            await server.KillAsync();
        }
        await using var again = await ServerUnderTest.StartAsync(data);
        await CheckHoldersAsync(new ApiClient(again.Http, ""), acknowledged);
        Assert.Equal(0, await again.StopAsync());
    }

    private static async Task AssignUntilAsync(ApiClient api, List<string> acknowledged, int status)
    {
        for (var i = 0; ; i++)
        {
            var user = $"user{acknowledged.Count}-{i}";
            var reply = await api.PostAsync("/api/v1/roles/clerk/assign", new { user_id = user, reason = new string('x', 1000) });
            Assert.True(reply.Status is 200 or 503, reply.Text);
            if (reply.Status == 200)
            {
                acknowledged.Add(user);
            }
            if (reply.Status == status)
            {
                return;
            }
        }
    }

    private static async Task CheckHoldersAsync(ApiClient api, List<string> acknowledged)
    {
        var held = new List<string>();
        for (string? token = null; ;)
        {
            var page = (await api.GetAsync($"/api/v1/roles/clerk/assignments?limit=1000{(token is null ? "" : $"&page_token={token}")}")).Is(200);
            held.AddRange(page.Items.Select(item => item.GetProperty("principal").GetProperty("id").GetString()!));
            if ((token = page.NextPage) is null)
            {
                break;
            }
        }
        // What was refused was surely not done: the disk refused it before its commit.
        Assert.Equal(acknowledged.Order(StringComparer.Ordinal), held.Order(StringComparer.Ordinal));
        var audit = (await api.GetAsync("/api/v1/audit?action=role.assigned&limit=1000")).Is(200);
        Assert.True(audit.NextPage is not null || audit.Items.Count == acknowledged.Count);
        Assert.Equal("granted", await api.ReasonAsync(acknowledged[^1], "invoices:read"));
    }

    private static async Task<Reply> RefusedAsync(Task<Reply> write) => (await write).Refused(503, "unavailable");

    private static async Task ReadyAsync(ApiClient api, bool writes)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var ready = (await api.GetAsync("/health/ready")).Is(200);
        Assert.Equal(writes, ready["writes"].GetBoolean());
        // The audit log is written in the background, and takes up its work a little later.
        while (writes && ready["problem"].ValueKind != JsonValueKind.Null)
        {
            limit.Token.ThrowIfCancellationRequested();
            ready = (await api.GetAsync("/health/ready")).Is(200);
        }
        Assert.Equal(writes, ready["problem"].ValueKind == JsonValueKind.Null);
    }

    private static void Fill(string ballast)
    {
        using var file = File.Create(ballast, bufferSize: 0);
        try
        {
            for (var i = 0; i < Megabytes * 1024; i++)
            {
                file.Write(new byte[1024]);
            }
        }
        catch (IOException)
        {
        }
    }
}
