using AuthzCluster.Api.Endpoints;
using Xunit.Abstractions;

namespace AuthzCluster.Http.Tests.Fuzz;

/// <summary>Abuse of every endpoint, by callers with no, some and all rights: refused, nothing changed, nobody else disturbed.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Rounds = 24, RequestsOfRound = 250, Senders = 4;

    [Fact]
    public void Endpoints_AllOfThem_HaveAGoodRequestToSpoil()
    {
        Assert.Empty(ApiEndpoints.All.Where(endpoint => GoodRequests.Of(endpoint) is null).Select(endpoint => $"{endpoint.Method} {endpoint.Pattern}: add it to GoodRequests"));
        Assert.Empty(GoodRequests.Unused(ApiEndpoints.All));
    }

    // Else the fuzzer would spoil what was refused anyway.
    [Fact]
    public async Task Endpoints_GoodRequests_AreAnswered()
    {
        await using var world = await FuzzWorld.StartAsync();
        // What removes comes last, what is within before what it is in.
        var order = ApiEndpoints.All.OrderBy(endpoint => endpoint.Method == "DELETE").ThenBy(endpoint => endpoint.Method == "DELETE" ? -endpoint.Pattern.Split('/').Length : 0).ThenBy(endpoint => endpoint.Pattern == "/api/v1/tenants/{id}");
        var refused = new List<string>();
        foreach (var endpoint in order)
        {
            var good = world.Good(endpoint);
            var context = new SpoilContext(new Random(0), endpoint, good, $"/tenants/{FuzzWorld.Tenant}", "", []);
            var reply = await world.Api.SendAsync(endpoint.Method, context.Target(), good.Body);
            if (reply.Status is < 200 or > 299)
            {
                refused.Add($"{endpoint.Method} {endpoint.Pattern}: {reply.Status} {reply.Text}");
            }
        }
        Assert.Empty(refused);
    }

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Endpoints_Abused_RefuseAndChangeNothing()
    {
        var (budget, first) = (new SoakBudget(Rounds), SoakBudget.FirstSeed);
        await using var world = await FuzzWorld.StartAsync();
        var (fuzzer, figures) = (new Fuzzer(world), new FuzzFigures());
        var before = await StateDigest.OfAsync(world);
        await using (var canary = new Canary(world.Url, world.Callers.Single(caller => caller.MayWrite).Key, FuzzWorld.Tenant))
        {
            for (var round = 0; budget.Allows(round); round++)
            {
                var start = first + (round * RequestsOfRound);
                await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => SendAsync(world, fuzzer, figures, start + sender, start + RequestsOfRound)));
                await canary.HearAsync();
            }
            output.WriteLine($"first request {first}; {figures}");
            output.WriteLine($"an honest caller beside it was answered {canary.Answers} times");
        }
        Assert.True(figures.Faults.Count == 0, string.Join("\n\n----\n", figures.Faults.Values));
        var after = await StateDigest.OfAsync(world);
        output.WriteLine($"state {StateDigest.Hash(before)} before, {StateDigest.Hash(after)} after");
        Assert.Equal(before.Split('\n'), after.Split('\n'));
        Assert.Superset(new HashSet<string> { "validation_failed", "unauthenticated", "forbidden", "not_found", "method_not_allowed", "unsupported_media_type" }, figures.Codes.ToHashSet());
    }

    private static async Task SendAsync(FuzzWorld world, Fuzzer fuzzer, FuzzFigures figures, int first, int end)
    {
        using var connection = new FuzzConnection(world.Url);
        for (var number = first; number < end; number += Senders)
        {
            var (request, endpoint, caller) = fuzzer.Make(number);
            var answers = await connection.SendAsync(request);
            figures.Count(answers);
            if (AnswerRules.Fault(request, caller, endpoint, answers, world.Secrets) is { } fault)
            {
                figures.Blame($"{fault}: {string.Join(", ", request.Spoiled)}", $"request {number}, {caller.Name}, {endpoint.Method} {endpoint.Pattern}: {fault}\n{request}\n\n{string.Join("\n\n", answers)}");
            }
        }
    }
}
