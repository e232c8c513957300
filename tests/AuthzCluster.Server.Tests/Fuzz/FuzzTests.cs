using AuthzCluster.Api.Endpoints;
using Xunit.Abstractions;

namespace AuthzCluster.Server.Tests.Fuzz;

/// <summary>Abuse of every endpoint, by callers with no, some and all rights: refused, nothing changed, nobody else disturbed.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Rounds = 15, RequestsOfRound = 250, Senders = 4;

    [Fact]
    public void Endpoints_AllOfThem_HaveAGoodRequestToSpoil()
    {
        Assert.Empty(ApiEndpoints.All.Where(endpoint => GoodRequests.Of(endpoint) is null).Select(endpoint => $"{endpoint.Method} {endpoint.Pattern}: add it to GoodRequests"));
        Assert.Empty(GoodRequests.Unused(ApiEndpoints.All));
    }

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Endpoints_Abused_RefuseAndChangeNothing()
    {
        var (budget, first) = (new SoakBudget(Rounds), SoakBudget.FirstSeed);
        await using var world = await FuzzWorld.StartAsync();
        var (fuzzer, figures) = (new Fuzzer(world), new FuzzFigures());
        var before = await StateDigest.OfAsync(world.Api);
        await using (var canary = new Canary(world.Url, world.Callers.Single(caller => caller.MayWrite).Key, FuzzWorld.Tenant))
        {
            for (var round = 0; budget.Allows(round); round++)
            {
                var start = first + (round * RequestsOfRound);
                await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => SendAsync(world, fuzzer, figures, start + sender, start + RequestsOfRound)));
                await canary.HearAsync();
            }
            output.WriteLine($"first request {first}; {figures}");
            output.WriteLine($"5xx 0; an honest caller beside it was answered {canary.Answers} times");
        }
        var after = await StateDigest.OfAsync(world.Api);
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
                Assert.Fail($"request {number}, {caller.Name}, {endpoint.Method} {endpoint.Pattern}: {fault}\n{request}\n\n{string.Join("\n\n", answers)}");
            }
        }
    }
}
