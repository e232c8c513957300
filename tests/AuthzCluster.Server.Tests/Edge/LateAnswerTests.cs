using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Api.Serving;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Http.Tests.Support;
using AuthzCluster.Server.Tests.Support;

namespace AuthzCluster.Server.Tests.Edge;

/// <summary>What never answers keeps no request for ever.</summary>
public sealed class LateAnswerTests
{
    [Fact]
    public async Task Requests_WhoseAnswerDoesNotCome_AreToldToComeAgain_AndOthersAreServed()
    {
        await using var server = await FaultyServer.StartAsync(
            (name, _) => name switch
            {
                "IRoles.GetAsync" => new TaskCompletionSource<Result<RoleView>>().Task,
                "IDecisions.EvaluateAsync" => new ValueTask<Result<Decision>>(new TaskCompletionSource<Result<Decision>>().Task),
                _ => null,
            },
            new HttpServing { RequestTimeout = TimeSpan.FromSeconds(1) });

        var late = await Task.WhenAll(server.Api.GetAsync("/api/v1/roles/any"), server.Api.PostAsync("/api/v1/authorization/evaluate", new { user = "alice", permission = "a:b" }));

        Assert.All(late, reply => Assert.Equal("1", reply.Refused(503, "unavailable").Headers["Retry-After"]));
        (await server.Api.GetAsync("/api/v1/roles")).Is(200);
    }
}
