using System.Diagnostics;
using System.Text;
using AuthzCluster.Testing;

namespace AuthzCluster.Benchmarks.Http;

/// <summary>Real and large models through the API.</summary>
internal static class ImportBench
{
    private const int Samples = 21, WarmUp = 5, ManyRoles = 100_000;

    public static async Task RunAsync(BenchReport report)
    {
        if (SharedData.Find(SharedData.GcloudRoles) is null)
        {
            report.LeaveOut("the import of real roles", "AUTHZ_SHARED is not set");
        }
        else
        {
            using var data = new TemporaryDirectory();
            await using var server = await ServerUnderTest.StartAsync(data.Path);
            var seconds = await ImportAsync(server, "gcloud-roles", SharedData.ReadGzip(SharedData.GcloudRoles));
            report.Add("import of 2,461 real roles, to the acknowledgement", seconds, "s", atMost: 3);
            report.Add("peak resident memory of the server", server.PeakMebibytes(), "MiB", atMost: 400);
            await ChangesAsync(report, server, "one change of a role of 13,568 permissions (median)", "roles%2Fowner", atMost: 30);
            await ChangesAsync(report, server, "one change of a small role beside it (median)", "roles%2Fbrowser", atMost: 30);
        }
        using var large = new TemporaryDirectory();
        await using var crowded = await ServerUnderTest.StartAsync(large.Path);
        report.Add("import of 100,000 roles", await ImportAsync(crowded, "authz", Many()), "s");
        report.Add("peak resident memory of the server", crowded.PeakMebibytes(), "MiB");
        await ChangesAsync(report, crowded, "one change of a role among 100,000 (median)", "role-7-2", atMost: 400);
    }

    private static async Task<double> ImportAsync(ServerUnderTest server, string format, byte[] body)
    {
        var start = Stopwatch.GetTimestamp();
        await server.PostBytesAsync($"/api/v1/import?format={format}", body);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    // The first few, in which the server's code is still being compiled, are not counted.
    private static async Task ChangesAsync(BenchReport report, ServerUnderTest server, string name, string role, double atMost)
    {
        await Measure.MedianMillisecondsAsync(i => ChangeAsync($"warm:act{i}"), WarmUp);
        report.Add(name, await Measure.MedianMillisecondsAsync(i => ChangeAsync($"bench:act{i}"), Samples), "ms", atMost);

        Task ChangeAsync(string permission) => server.PostAsync($"/api/v1/roles/{role}/permissions", new { permission });
    }

    // Chains of five; ten permissions each.
    private static byte[] Many()
    {
        var text = new StringBuilder("""{"format":"authz","version":1,"roles":[""");
        for (var i = 0; i < ManyRoles; i++)
        {
            var (chain, place) = (i / 5, i % 5);
            var parents = place == 0 ? "" : $$""","parents":[{"role_id":"role-{{chain}}-{{place - 1}}","inheritance_type":"full"}]""";
            text.Append(i == 0 ? "" : ",").Append($$"""{"name":"role-{{chain}}-{{place}}","permissions":[""");
            text.Append(string.Join(',', Enumerable.Range(0, 10).Select(n => $"\"r{chain % 2000}.{place}:a{n}\""))).Append($"]{parents}}}");
        }
        return Encoding.UTF8.GetBytes(text.Append("]}").ToString());
    }
}
