using AuthzCluster.Testing;

namespace AuthzCluster.Benchmarks.Http;

/// <summary>Durable writes over loopback HTTP, and the times of document 004.</summary>
internal static class WriteBench
{
    private const int Writers = 64, Each = 150, Samples = 200;

    public static async Task RunAsync(BenchReport report)
    {
        using var data = new TemporaryDirectory();
        await using var server = await ServerUnderTest.StartAsync(data.Path);
        for (var i = 0; i < 200; i++)
        {
            await server.PostAsync("/api/v1/roles", new { name = $"role{i}", permissions = new[] { "a:read", "b:write" } });
        }
        report.Add("get a role (median)", await Measure.MedianMillisecondsAsync(_ => server.GetAsync("/api/v1/roles/role7"), Samples), "ms", atMost: 1);
        report.Add("list 100 roles (median)", await Measure.MedianMillisecondsAsync(_ => server.GetAsync("/api/v1/roles?limit=100"), Samples), "ms", atMost: 5);
        report.Add("create a role (median)", await Measure.MedianMillisecondsAsync(i => server.PostAsync("/api/v1/roles", new { name = $"new{i}" }), Samples), "ms", atMost: 10);
        report.Add("assign a role (median)", await Measure.MedianMillisecondsAsync(i => server.PostAsync("/api/v1/roles/role1/assign", new { user_id = $"s{i}" }), Samples), "ms", atMost: 5);
        report.Add("list 100 assignments of a role (median)", await Measure.MedianMillisecondsAsync(_ => server.GetAsync("/api/v1/roles/role1/assignments?limit=100"), Samples), "ms", atMost: 10);

        await RateAsync(report, server, "different roles", caller => $"role{100 + caller}");
        await RateAsync(report, server, "all of one role", _ => "role2");
        report.Add("bare fsync of 4 KiB on this disk (median)", BareFsync(data.Path), "ms");
    }

    private static async Task RateAsync(BenchReport report, ServerUnderTest server, string name, Func<int, string> role)
    {
        var tag = name.Replace(" ", "", StringComparison.Ordinal);
        await Measure.RateAsync(Writers, 10, (caller, i) => server.PostAsync($"/api/v1/roles/{role(caller)}/assign", new { user_id = $"{tag}-warm-{caller}-{i}" }));
        var assigned = await Measure.RateAsync(Writers, Each, (caller, i) => server.PostAsync($"/api/v1/roles/{role(caller)}/assign", new { user_id = $"{tag}-{caller}-{i}" }));
        report.Add($"durable assigns, 64 writers, {name}", assigned, "writes/s", atLeast: 2000);
        var revoked = await Measure.RateAsync(Writers, Each, (caller, i) => server.DeleteAsync($"/api/v1/roles/{role(caller)}/users/{tag}-{caller}-{i}"));
        report.Add($"durable revokes, 64 writers, {name}", revoked, "writes/s", atLeast: 2000);
    }

    private static double BareFsync(string folder)
    {
        using var file = new FileStream(Path.Combine(folder, "fsync"), FileMode.Create, FileAccess.Write, FileShare.None, 1);
        var block = new byte[4096];
        return Measure.MedianMillisecondsAsync(_ =>
        {
            file.Write(block);
            file.Flush(flushToDisk: true);
            return Task.CompletedTask;
        }, 200).GetAwaiter().GetResult();
    }
}
