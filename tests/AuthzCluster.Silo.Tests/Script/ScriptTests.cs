using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Silo.Tests.Running;
using AuthzCluster.Testing;

namespace AuthzCluster.Silo.Tests.Script;

/// <summary><c>scripts/cluster</c> as a newcomer meets it, and what happens to it.</summary>
[Collection(ProcessCollection.Name)]
public sealed class ScriptTests
{
    [Fact]
    public async Task Cluster_AsANewcomerUsesIt_WorksGoesOnAndLeavesNothingBehind()
    {
        using var place = new TemporaryDirectory();
        if (Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows())
        {
            // PostgreSQL runs as another user then, who has to get there.
            File.SetUnixFileMode(place.Path, File.GetUnixFileMode(place.Path) | UnixFileMode.OtherExecute);
        }
        // Each gateway has two ports in a row, and the second one's are behind the first one's.
        var (port, _, _, _, other, _) = (Ports.Free(), Ports.Free(), Ports.Free(), Ports.Free(), Ports.Free(), Ports.Free());
        await using (var run = await ScriptRun.StartAsync(place.Path, "here/it is", port, "--silos", "2", "--gateways=2"))
        {
            Assert.Equal((2, 2), (run.Silos.Count, run.Gateways.Count));
            await UseAsync(run.Apis[0]);
            await SayAsync(run.Apis[1], "bob");

            await using (var second = ScriptRun.Begin(place.Path, "--data", "here/it is", "--port", $"{other}"))
            {
                Assert.Contains("another cluster runs", await second.Process.RefusedAsync(), StringComparison.Ordinal);
            }
            await using (var beside = ScriptRun.Begin(place.Path, "--data", "there", "--port", $"{port}"))
            {
                Assert.Contains($"{port} is in use", await beside.Process.RefusedAsync(), StringComparison.Ordinal);
            }
            await using (var beside = await ScriptRun.StartAsync(place.Path, "there", other, "--silos", "1"))
            {
                (await beside.Apis[0].GetAsync("/api/v1/roles/accountant")).Refused(404, "role_not_found");
                beside.Process.Signal("TERM");
                Assert.Equal(0, (await beside.Process.EndAsync()).Code);
            }

            NodeProcess.Signal("KILL", run.Silos[1]);
            await run.Process.ErrorAsync($"silo-2 (process {run.Silos[1]}) has ended");
            await Wait.UntilAsync("the others go on", async () =>
                (await run.Apis[0].PostAsync("/api/v1/roles/accountant/assign", new { user_id = "carol" })).Status == 200);
            await SayAsync(run.Apis[1], "carol");
            await run.StopAsync("INT");
        }
        await using (var again = await ScriptRun.StartAsync(place.Path, "here/it is", port, "--silos", "1"))
        {
            await SayAsync(again.Apis[0], "bob");
            await SayAsync(again.Apis[0], "carol");
            // Whatever it started goes on without it.
            await again.Process.KillAsync();
            Assert.NotEmpty(again.Left());
            await SayAsync(again.Apis[0], "bob");
        }
        await using var last = await ScriptRun.StartAsync(place.Path, "here/it is", port, "--silos", "2");
        await last.Process.ErrorAsync("stopped what an earlier run left running");
        await SayAsync(last.Apis[0], "bob");
        await SayAsync(last.Apis[0], "carol");
        await last.StopAsync("TERM");
    }

    [Theory]
    [InlineData("unknown option", "--silo", "2")]
    [InlineData("--silos", "--silos", "0")]
    [InlineData("--gateways", "--gateways", "many")]
    [InlineData("--port", "--port", "65536")]
    [InlineData("--port", "--port", "65535", "--gateways", "2")]
    [InlineData("--data", "--data")]
    [InlineData("--data", "--data=")]
    [InlineData("--data", "--data", "/dev/null/there")]
    public async Task Cluster_BadOption_IsOneLine(string named, params string[] arguments)
    {
        using var place = new TemporaryDirectory();
        await using var run = ScriptRun.Begin(place.Path, arguments);

        Assert.Contains(named, await run.Process.RefusedAsync(), StringComparison.Ordinal);
    }

    // What the README has a newcomer type.
    private static async Task UseAsync(ApiClient api)
    {
        (await api.PostAsync("/api/v1/roles", new { name = "accountant", permissions = new[] { "invoices:*", "reports:read" } })).Is(201);
        (await api.PostAsync("/api/v1/roles/accountant/assign", new { user_id = "alice", expires_at = "2130-01-01T00:00:00Z", scope = new { region = "eu" } })).Is(200);
        var question = new { user = "alice", permission = "invoices:read", resource = new { properties = new { region = "eu" } } };
        Assert.Equal("granted", (await api.AskAsync(question))["reason"].GetString());
        var why = (await api.PostAsync("/api/v1/authorization/explain", new { user = "alice", permission = "invoices:read", scope = new { region = "us" } })).Is(200);
        Assert.Equal("not_in_scope", why["reason"].GetString());
        (await api.DeleteAsync("/api/v1/roles/accountant/users/alice")).Is(204);
        Assert.False((await api.AskAsync(question))["decision"].GetBoolean());
        Assert.NotEmpty((await api.GetAsync("/api/v1/audit")).Is(200).Items);
        var key = (await api.PostAsync("/api/v1/api-keys", new { name = "ci", roles = new[] { "viewer" }, permissions = new[] { "authz.evaluate:execute" } })).Is(201);
        (await api.PostAsync($"/api/v1/api-keys/{key["id"].GetString()}/rotate", new { })).Is(200);
        await api.AssignAsync("accountant", "bob");
    }

    private static async Task SayAsync(ApiClient api, string user) => Assert.Equal("granted", await api.ReasonAsync(user, "invoices:read"));
}
