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
