using AuthzCluster.Client.Tests.Support;

namespace AuthzCluster.Client.Tests.Http;

/// <summary>What is no answer of the API is never taken for one.</summary>
public sealed class AnswerTests
{
    private static readonly AccessQuestion Question = new("alice", "a:read");

    [Fact]
    public async Task NewerServer_WithMembersAndReasonsNotKnown_IsUnderstood()
    {
        await using var endpoint = await HttpEndpoint.StartAsync(HttpEndpoint.Json(
            200, """{"decision":true,"allow":true,"reason":"granted_by_magic","news":{"a":[1]},"trace":[{"outcome":"magic","wand":1}]}"""));
        using var clients = Clients.Of(endpoint.Url);

        var decision = await clients.Authorization.ExplainAsync(Question);

        Assert.Equal((true, "granted_by_magic", "magic"), (decision.IsAllowed, decision.Reason, Assert.Single(decision.Trace).Outcome));
    }

    [Fact]
    public async Task Explain_StepsOfPoliciesAndOutside_AreAllThere()
    {
        await using var endpoint = await HttpEndpoint.StartAsync(HttpEndpoint.Json(200, """
            {"decision":false,"reason":"denied_by_policy","policies":[
              {"policy":"p1","decided":false,"name":"One","effect":"allow","priority":3,"role":"r","outcome":"condition_error","matches_target":true,
               "conditions":[{"type":"any","result":"error","saw":{},"parts":[{"type":"opa","result":"error","saw":{"a.b":null,"c":1}}]}]},
              {"policy":"p2","decided":true,"effect":"magic"}],
             "outside":[{"engine":"opa","path":"x/y","answer":"error","problem":"busy","final_word":false},{"engine":"opa","path":"z","answer":"undefined","problem":null,"final_word":true}]}
            """));
        using var clients = Clients.Of(endpoint.Url);

        var decision = await clients.Authorization.ExplainAsync(Question);

        var (one, two) = (decision.Policies[0], decision.Policies[1]);
        Assert.Equal(
            ("p1", false, "One", PolicyEffect.Allow, 3, "r", "condition_error", true),
            (one.Policy, one.Decided, one.Name, one.Effect, one.Priority, one.Role, one.Outcome, one.MatchesTarget));
        var part = Assert.Single(Assert.Single(one.Conditions).Parts);
        Assert.Equal(("opa", "error", """{"a.b":null,"c":1}"""), (part.Type, part.Result, part.Saw.ToJsonString()));
        Assert.Equal(("p2", true, null, null), (two.Policy, two.Decided, two.Effect, two.Name));
        Assert.Equal(
            [new OutsideStep { Engine = "opa", Path = "x/y", Answer = "error", Problem = "busy" }, new OutsideStep { Engine = "opa", Path = "z", Answer = "undefined", IsFinalWord = true }],
            decision.Outside);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("""{"allow":true,"reason":"granted"}""")]
    [InlineData("""{"decision":"true","reason":"granted"}""")]
    [InlineData("""{"decision":null,"reason":"granted"}""")]
    [InlineData("""{"decision":true,"reason":null}""")]
    [InlineData("""{"decision":true,"reason":"granted" """)]
    [InlineData("<html>Welcome to the Wi-Fi</html>")]
    public async Task Evaluate_OfNoDecision_Throws(string body)
    {
        await using var endpoint = await HttpEndpoint.StartAsync(HttpEndpoint.Json(200, body));
        using var clients = Clients.Of(endpoint.Url);

        Assert.Equal(AuthzFailure.InvalidAnswer, (await Assert.ThrowsAsync<AuthzException>(() => clients.Authorization.EvaluateAsync(Question))).Code);
        Assert.Equal(AuthzFailure.InvalidAnswer, (await Assert.ThrowsAsync<AuthzException>(() => clients.Authorization.HasRoleAsync("alice", "viewer"))).Code);
        Assert.Equal(AuthzFailure.InvalidAnswer, (await Assert.ThrowsAsync<AuthzException>(() => clients.Authorization.IsAdminAsync("alice"))).Code);
        Assert.Equal(AuthzFailure.InvalidAnswer, (await Assert.ThrowsAsync<AuthzException>(() => clients.Roles.GetRoleAsync("viewer"))).Code);
    }

    [Theory]
    [InlineData("""{"decisions":[]}""")]
    [InlineData("""{"decisions":[null]}""")]
    [InlineData("""{"decisions":[{"decision":true,"reason":"granted"},{"decision":true,"reason":"granted"}]}""")]
    public async Task Batch_WithoutAnAnswerToEach_Throws(string body)
    {
        await using var endpoint = await HttpEndpoint.StartAsync(HttpEndpoint.Json(200, body));
        using var clients = Clients.Of(endpoint.Url);

        Assert.Equal(AuthzFailure.InvalidAnswer, (await Assert.ThrowsAsync<AuthzException>(() => clients.Authorization.EvaluateBatchAsync([Question]))).Code);
    }

    // A wrong address, or a proxy's: it says nothing of roles.
    [Fact]
    public async Task Missing_ByABare404_IsNoNullAndNoFalse()
    {
        await using var endpoint = await HttpEndpoint.StartAsync(HttpEndpoint.Json(404, "nothing here"));
        using var clients = Clients.Of(endpoint.Url);

        await Assert.ThrowsAsync<NotFoundException>(() => clients.Roles.GetRoleAsync("viewer"));
        await Assert.ThrowsAsync<NotFoundException>(() => clients.Authorization.HasRoleAsync("alice", "viewer"));
        await Assert.ThrowsAsync<NotFoundException>(() => clients.Authorization.IsAdminAsync("alice"));
    }

    [Fact]
    public async Task HasRole_ThatIsNotInForce_IsNo()
    {
        await using var endpoint = await HttpEndpoint.StartAsync(HttpEndpoint.Json(
            200, """{"id":"1","principal":{"type":"user","id":"alice"},"role_id":"viewer","status":"suspended","is_active":false}"""));
        using var clients = Clients.Of(endpoint.Url);

        Assert.False(await clients.Authorization.HasRoleAsync("alice", "viewer"));
    }

    [Fact]
    public async Task Redirect_IsNotFollowed_AndTheCredentialStays()
    {
        await using var other = await HttpEndpoint.StartAsync(HttpEndpoint.Json(200, """{"decision":true,"reason":"granted"}"""));
        await using var endpoint = await HttpEndpoint.StartAsync(HttpEndpoint.Json(307, "", $"Location: {other.Url}"));
        using var clients = Clients.Of(endpoint.Url);

        Assert.Equal(307, (await Assert.ThrowsAsync<AuthzException>(() => clients.Authorization.EvaluateAsync(Question))).Status);
        Assert.Empty(other.Requests);
    }

    [Theory]
    [InlineData("""{"items":[],"next_page_token":"same"}""")]
    [InlineData("""{"items":[null]}""")]
    [InlineData("""{"next_page_token":null}""")]
    public async Task List_ThatDoesNotGoOn_Throws(string body)
    {
        await using var endpoint = await HttpEndpoint.StartAsync(HttpEndpoint.Json(200, body));
        using var clients = Clients.Of(endpoint.Url);

        Assert.Equal(AuthzFailure.InvalidAnswer, (await Assert.ThrowsAsync<AuthzException>(() => clients.Roles.GetAllRolesAsync())).Code);
    }
}
