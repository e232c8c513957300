using AuthzCluster.Actors.Storage;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Server.Tests.Support;

namespace AuthzCluster.Server.Tests.Edge;

public sealed class FaultTests
{
    private const string Evaluate = "/api/v1/authorization/evaluate", Secret = "disk-7 at 10.9.8.7";

    [Fact]
    public async Task Evaluate_StorageAway_IsUnavailable()
    {
        var away = new AuthzError(ErrorCode.Unavailable, "storage does not answer");
        await using var server = await FaultyServer.StartAsync((method, arguments) => method switch
        {
            "IDecisions.EvaluateAsync" when ((AccessRequest)arguments[1]!).Subject.Id == "lost" => ValueTask.FromResult<Result<Decision>>(away),
            "IDecisions.EvaluateManyAsync" => ValueTask.FromResult<IReadOnlyList<Result<Decision>>>(
            [
                new Decision { Reason = DecisionReason.Granted }, away, new Decision { Reason = DecisionReason.PermissionNotGranted },
            ]),
            _ => null,
        });
        await server.Api.AssignAsync("viewer", "alice");

        var single = (await server.Api.PostAsync(Evaluate, new { user = "lost", permission = "a:read" })).Refused(503, "unavailable");
        var batch = (await server.Api.PostAsync(Evaluate + "/batch", new
        {
            evaluations = new[] { new { user = "alice", permission = "a:read" }, new { user = "lost", permission = "a:read" }, new { user = "alice", permission = "a:write" } },
        })).Is(200);

        Assert.Equal("1", single.Headers["Retry-After"]);
        Assert.Equal(["granted", "unavailable", "permission_not_granted"], batch["decisions"].EnumerateArray().Select(one => one.GetProperty("reason").GetString()));
        Assert.Equal([true, false, false], batch["decisions"].EnumerateArray().Select(one => one.GetProperty("allow").GetBoolean()));
    }

    [Fact]
    public async Task Credential_ThatCannotBeRead_IsUnavailableAndNotNobody()
    {
        var fails = true;
        await using var server = await FaultyServer.StartAsync((method, _) => fails && method == "IApiKeys.FindAsync"
            ? ValueTask.FromResult<Result<OpenedKey?>>(new AuthzError(ErrorCode.Unavailable, "storage does not answer")) : null);

        (await server.Api.GetAsync("/api/v1/roles")).Refused(503, "unavailable");
        fails = false;
        (await server.Api.GetAsync("/api/v1/roles")).Is(200);
    }

    [Theory]
    [InlineData("IDecisions.EvaluateAsync", "POST", Evaluate, """{"user":"a","permission":"a:b"}""")]
    [InlineData("IDecisions.ExplainAsync", "POST", "/api/v1/authorization/explain", """{"user":"a","permission":"a:b"}""")]
    [InlineData("IDecisions.ListPermissionsAsync", "GET", "/api/v1/users/a/permissions", null)]
    [InlineData("IRoles.ListAsync", "GET", "/api/v1/roles", null)]
    [InlineData("IRoles.CreateAsync", "POST", "/api/v1/roles", """{"name":"x"}""")]
    public async Task Anything_StorageThrows_IsUnavailableAndTellsNothingOfIt(string failing, string method, string path, string? body)
    {
        var fails = true;
        await using var server = await FaultyServer.StartAsync((called, _) =>
            fails && called == failing ? throw new StoreUnavailableException(Secret, isOutcomeKnown: false) : null);

        var reply = (await server.Api.SendAsync(method, path, body)).Refused(503, "unavailable");
        fails = false;

        Assert.Equal("1", reply.Headers["Retry-After"]);
        Assert.DoesNotContain(Secret, reply.Text, StringComparison.Ordinal);
        Assert.InRange((await server.Api.SendAsync(method, path, body)).Status, 200, 201);
    }

    [Theory]
    [InlineData("IDecisions.EvaluateAsync", "POST", Evaluate, """{"user":"a","permission":"a:b"}""")]
    [InlineData("IDecisions.EvaluateManyAsync", "POST", Evaluate + "/batch", """{"evaluations":[{"user":"a","permission":"a:b"}]}""")]
    [InlineData("IRoles.GetAsync", "GET", "/api/v1/roles/viewer", null)]
    [InlineData("IRoles.CreateAsync", "POST", "/api/v1/roles", """{"name":"x"}""")]
    [InlineData("INodeHealth.get_IsReady", "GET", "/health/ready", null)]
    public async Task Anything_ThrowsTheUnexpected_IsA500WithoutLeaks(string failing, string method, string path, string? body)
    {
        await using var server = await FaultyServer.StartAsync((called, _) => called == failing ? throw new InvalidOperationException(Secret) : null);

        var reply = (await server.Api.SendAsync(method, path, body, ("X-Request-Id", "r-1"))).Refused(500, "internal");

        Assert.Equal("r-1", reply.Headers["X-Request-Id"]);
        Assert.Equal(["type", "title", "status", "detail", "code"], reply.Json.EnumerateObject().Select(member => member.Name));
        Assert.DoesNotContain(Secret, reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", reply.Text, StringComparison.Ordinal);
        (await server.Api.GetAsync("/health/live")).Is(200);
    }

    [Fact]
    public async Task Write_LosesTheRace_IsAVersionConflict()
    {
        await using var server = await FaultyServer.StartAsync((method, _) => method == "IRoles.ReplaceAsync"
            ? Task.FromResult<Result<RoleView>>(new AuthzError(ErrorCode.VersionConflict, "another write won the race")) : null);
        await server.Api.RoleAsync("clerk");

        (await server.Api.PutAsync("/api/v1/roles/clerk", new { name = "clerk", description = "d" })).Refused(409, "version_conflict");
    }

    [Fact]
    public async Task Health_NotReadyOrNotWriting_SaysSo()
    {
        var (isReady, problem) = (false, (string?)"the disk is full");
        await using var server = await FaultyServer.StartAsync((method, _) => method switch
        {
            "INodeHealth.get_IsReady" => isReady,
            "INodeHealth.get_WriteProblem" => problem,
            _ => null,
        });

        var starting = (await server.Api.GetAsync("/health/ready", ("Authorization", ""))).Is(503);
        isReady = true;
        var full = (await server.Api.GetAsync("/health/ready", ("Authorization", ""))).Is(200);
        problem = null;
        var well = (await server.Api.GetAsync("/health/ready", ("Authorization", ""))).Is(200);

        Assert.Equal(("starting", false), (starting["status"].GetString(), starting["writes"].GetBoolean()));
        Assert.Equal((false, "the disk is full"), (full["writes"].GetBoolean(), full["problem"].GetString()));
        Assert.Equal((true, null), (well["writes"].GetBoolean(), well["problem"].GetString()));
        (await server.Api.GetAsync("/health/live", ("Authorization", ""))).Is(200);
    }
}
