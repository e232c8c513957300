using System.Collections.Concurrent;
using System.Text.Json;
using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Testing;
using Xunit.Abstractions;

namespace AuthzCluster.Server.Tests.Chaos;

/// <summary>kill -9 while requests for roles are made and decided: each has one outcome, what was acknowledged stands, and a role is held where it was approved, once.</summary>
public sealed class RequestKillTests(ITestOutputHelper output)
{
    private const string Requests = "/api/v1/role-requests";
    private const int Rounds = 4, Workers = 6, MostSteps = 100;

    private static readonly Dictionary<string, string> Outcomes = new() { ["approve"] = "approved", ["reject"] = "rejected", ["cancel"] = "cancelled" };

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Kill_AtAnyMomentOfARequest_LeavesOneOutcomeAndTheRoleWhereItWasApproved()
    {
        using var data = new TemporaryDirectory();
        var (budget, random, open, cut) = (new SoakBudget(Rounds), new Random(SoakBudget.FirstSeed), new ConcurrentQueue<Asked>(), 0);
        var token = "";
        await using (var first = await ServerUnderTest.StartAsync(data.Path))
        {
            var api = new ApiClient(first.Http, "");
            await api.RoleAsync("wanted", "wanted:use");
            await api.RoleAsync("asking", "authz.requests:create");
            token = (await api.PostAsync("/api/v1/api-keys", new { name = "asker", roles = new[] { "asking" } })).Is(201)["key"].GetString()!;
        }
        for (var round = 0; budget.Allows(round); round++)
        {
            await using var server = await ServerUnderTest.StartAsync(data.Path);
            var api = new ApiClient(server.Http, "");
            cut += await SettleAsync(api, open);
            var (left, enough) = (random.Next(1, MostSteps), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            var workers = Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => WorkAsync(api, api.As(token), $"r{round}w{worker}", new Random(random.Next()), open, () =>
            {
                if (Interlocked.Decrement(ref left) == 0)
                {
                    enough.SetResult();
                }
            })));
            await Task.WhenAny(enough.Task, workers);
            await server.KillAsync();
            await workers;
        }
        await using var last = await ServerUnderTest.StartAsync(data.Path);
        cut += await SettleAsync(new ApiClient(last.Http, ""), open);
        output.WriteLine($"{cut} cut off");
    }

    private static async Task WorkAsync(ApiClient boss, ApiClient asker, string name, Random random, ConcurrentQueue<Asked> all, Action step)
    {
        try
        {
            for (var i = 0; ; i++)
            {
                var one = new Asked($"{name}u{i}");
                all.Enqueue(one);
                one.Id = (await asker.PostAsync(Requests, new { role = "wanted", user_id = one.User })).Is(201)["id"].GetString();
                step();
                // Most are approved: that is in more steps than the others.
                one.Decision = random.Next(6) switch { 0 => "reject", 1 => "cancel", 2 => null, _ => "approve" };
                if (one.Decision is { } decision)
                {
                    (await (decision == "cancel" ? asker : boss).PostAsync($"{Requests}/{one.Id}/{decision}", new { })).Is(200);
                    one.IsDecided = true;
                    step();
                }
            }
        }
        catch (HttpRequestException)
        {
            // It was killed.
        }
    }

    // How many were cut off. What is looked at once is not looked at again.
    private static async Task<int> SettleAsync(ApiClient api, ConcurrentQueue<Asked> open)
    {
        var cut = 0;
        while (open.TryDequeue(out var one))
        {
            cut += one.Id is null || (one.Decision is not null && !one.IsDecided) ? 1 : 0;
            var found = (await api.GetAsync($"{Requests}?user_id={one.User}")).Is(200).Items;
            Assert.True(found.Count == 1 || (found.Count == 0 && one.Id is null), $"{found.Count} requests for {one.User}");
            if (found.Count == 1)
            {
                Assert.Equal(one.Id ??= found[0].GetProperty("id").GetString(), found[0].GetProperty("id").GetString());
                await SettleAsync(api, one);
            }
        }
        return cut;
    }

    private static async Task SettleAsync(ApiClient api, Asked one)
    {
        if (one is { Decision: "approve", IsDecided: false })
        {
            // Done already, or not at all: then it is done now.
            Assert.Contains((await api.PostAsync($"{Requests}/{one.Id}/approve", new { })).Status, new[] { 200, 409 });
            one.IsDecided = true;
        }
        var request = (await api.GetAsync($"{Requests}/{one.Id}")).Is(200);
        var status = request["status"].GetString()!;
        var wanted = one.Decision is { } decision ? Outcomes[decision] : "pending";
        Assert.True(status == wanted || (status == "pending" && !one.IsDecided), $"{one.User} is {status}, and not {wanted}");

        var isHeld = status == "approved";
        Assert.Equal(isHeld ? 1 : 0, (await api.GetAsync($"/api/v1/users/{one.User}/roles")).Is(200).Items.Count);
        if (isHeld)
        {
            var given = (await api.GetAsync($"/api/v1/assignments/{request["assignment_id"].GetString()}")).Is(200);
            Assert.Equal(one.Id, given["approval"].GetProperty("request_id").GetString());
        }
        string[] told = status == "pending" ? ["request.created"] : [$"request.{status}", "request.created"];
        Assert.Equal(told.Order(), (await Actions(one.Id!)).Order());
        Assert.Equal(isHeld ? 1 : 0, (await Actions(one.User)).Count(action => action == "role.assigned"));

        async Task<IEnumerable<string>> Actions(string target) =>
            (await api.GetAsync($"/api/v1/audit?target={target}&limit=100")).Is(200).Items.Select((JsonElement record) => record.GetProperty("action").GetString()!).ToArray();
    }

    private sealed class Asked(string user)
    {
        public string User => user;

        public string? Id { get; set; }

        public string? Decision { get; set; }

        public bool IsDecided { get; set; }
    }
}
