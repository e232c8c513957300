using AuthzCluster.Hosting;
using AuthzCluster.Hosting.Metrics;
using System.Net.Http.Json;
using System.Text.Json;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Api.Credentials;
using AuthzCluster.Api.Endpoints;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Manners;
using AuthzCluster.Api.Metrics;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Embedded;
using AuthzCluster.Testing;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Benchmarks.Http;

/// <summary>What the credential and the right to ask add to a check: the door alone, over the processor time of a check over HTTP.</summary>
internal static class DoorBench
{
    private const string Evaluate = "/api/v1/authorization/evaluate";
    private const int Rounds = 3;

    public static async Task RunAsync(BenchReport report)
    {
        using var data = new TemporaryDirectory();
        var door = await DoorAsync(data.Path);
        report.Add("credential and right to ask of a known API key", door.Nanoseconds, "ns");
        report.Add("the same", door.Bytes, "B");
        if (!Wrk.IsInstalled)
        {
            report.LeaveOut("a check over HTTP, to compare with", "wrk is not installed");
            return;
        }
        var check = await CheckAsync();
        report.Add("processor time of POST /evaluate, all of the server's", check, "us");
        report.Add("of which the door", door.Nanoseconds / 10 / check, "%", atMost: 5);
    }

    private static async Task<(double Nanoseconds, double Bytes)> DoorAsync(string data)
    {
        var node = new EmbeddedNode(new EmbeddedOptions { DataDirectory = data }, TimeProvider.System, new OrderedIds(TimeProvider.System));
        await node.StartAsync();
        try
        {
            var draft = new ApiKeyDraft("bench") { Roles = ["viewer"], Tenants = [TenantId.Default] };
            var made = await node.ApiKeys.CreateAsync(TenantId.Default, draft, Caller.System("bench"));
            var (door, credentials) = (new Door(node.CallerRights), new CredentialCheck([new ApiKeyReader(node.ApiKeys)], TimeProvider.System, Allowance.Unlimited));
            using var instruments = new InstrumentListener();
            var metrics = new MetricsReport(new RequestFigures(ApiEndpoints.All), instruments);
            var endpoint = ApiEndpoints.All.Single(endpoint => endpoint.Pattern == Evaluate);
            var (header, user) = ($"Bearer {made.Value!.Token}", SubjectId.User("user7"));
            async ValueTask EnterAsync()
            {
                // The request itself is made with or without a door.
                var request = new ApiRequest(null!, null!, null!, null!, door, endpoint, new Route(null, TenantId.Default, false, []), "bench")
                {
                    Admission = await credentials.FindAsync(header),
                    Metrics = metrics,
                    Credentials = credentials,
                    PublicUrl = () => new Uri("http://127.0.0.1"),
                };
                await door.AdmitAsync(request);
                await request.RequireAskingAsync(user, why: false);
            }
            await EnterAsync();
            return Measure.PerCall(
                count =>
                {
                    for (var i = 0; i < count; i++)
                    {
                        EnterAsync().AsTask().GetAwaiter().GetResult();
                    }
                },
                200_000);
        }
        finally
        {
            await node.StopAsync();
        }
    }

    private static async Task<double> CheckAsync()
    {
        using var data = new TemporaryDirectory();
        await using var server = await ServerUnderTest.StartAsync(data.Path);
        await server.PostAsync("/api/v1/roles", new { name = "accountant", permissions = new[] { "invoices:*" } });
        await server.PostAsync("/api/v1/roles/accountant/assign", new { user_id = "user7" });
        using var made = await server.Http.PostAsJsonAsync("/api/v1/api-keys", new { name = "bench", roles = new[] { "viewer" } });
        var key = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
        var best = double.MaxValue;
        for (var round = 0; round <= Rounds; round++)
        {
            var before = server.ProcessorTime();
            var answers = await Wrk.CountAsync(new Uri(server.Url, Evaluate), key, """{"user":"user7","permission":"invoices:read"}""");
            best = round == 0 ? best : Math.Min(best, (server.ProcessorTime() - before).TotalMicroseconds / answers);
        }
        return best;
    }
}
