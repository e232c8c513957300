using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Edge;

[Collection(ServerCollection.Name)]
public sealed class PathTests(ServerFixture server)
{
    [Theory]
    [InlineData("roles/compute.viewer", "roles%2Fcompute.viewer")]
    [InlineData("a%2Fb", "a%252Fb")]
    [InlineData("a+b", "a+b")]
    [InlineData("a b", "a%20b")]
    [InlineData("ä\U0001F600", "%C3%A4%F0%9F%98%80")]
    [InlineData("a|b:c#d?e", "a%7Cb:c%23d%3Fe")]
    [InlineData("...", "...")]
    [InlineData("a;b=c", "a;b=c")]
    [InlineData("hierarchy", "hierarchy")]
    public async Task Lesson18_NamesPercentEncoded_AreDecodedOnce(string name, string segment)
    {
        var api = await server.TenantAsync();
        var id = await api.RoleAsync(name, "a:b");
        await api.AssignAsync("viewer", name);

        foreach (var path in new[] { $"/api/v1/roles/{segment}", $"/api/roles/{segment}", $"/api/v1/roles/{segment}/" })
        {
            var (status, text) = await RawHttp.SendAsync(server.Url, "GET", $"/tenants/{api.Tenant}{path}", server.Key);
            Assert.Equal(200, status);
            Assert.Contains($"\"id\":\"{id}\"", text, StringComparison.Ordinal);
        }
        var (held, _) = await RawHttp.SendAsync(server.Url, "GET", $"/tenants/{api.Tenant}/api/v1/users/{segment}/roles/viewer", server.Key);
        Assert.Equal(200, held);
    }

    [Theory]
    [InlineData("/api/v1/roles/.")]
    [InlineData("/api/v1/roles/..")]
    [InlineData("/api/v1/roles/%2e%2E")]
    [InlineData("/api/v1/roles/%00")]
    [InlineData("/api/v1/roles/a%0Ab")]
    [InlineData("/api/v1/roles/%7f")]
    [InlineData("/api/v1/roles/%C2%85")]
    [InlineData("/api/v1/roles/%ff")]
    [InlineData("/api/v1/roles/%c3")]
    [InlineData("/api/v1/roles/%zz")]
    [InlineData("/api/v1/roles/%4")]
    [InlineData("/api/v1/roles/%ED%A0%80")]
    [InlineData("/api/v1/roles/%20")]
    [InlineData("/tenants/../api/v1/roles")]
    [InlineData("/tenants/%2e/api/v1/roles")]
    [InlineData("/api/v1/roles/viewer/principals/a:b/c")]
    [InlineData("/api/v1/roles?q=%ff")]
    public async Task Ids_ThatAreNone_AreRefused(string target)
    {
        var method = target.Contains("principals", StringComparison.Ordinal) ? "DELETE" : "GET";

        var (status, text) = await RawHttp.SendAsync(server.Url, method, target, server.Key);

        Assert.Equal(400, status);
        // Some targets the framework itself refuses before anybody sees them; of ours it is the usual form.
        Assert.True(text.Contains("validation_failed", StringComparison.Ordinal) || text.Contains("Content-Length: 0", StringComparison.Ordinal), text);
    }

    [Theory]
    [InlineData(256, 404)]
    [InlineData(257, 400)]
    public async Task Ids_Longest_AreTaken(int length, int status)
    {
        var path = string.Concat(Enumerable.Repeat("%F0%9F%98%80", length));

        Assert.Equal(status, (await RawHttp.SendAsync(server.Url, "GET", $"/api/v1/roles/{path}", server.Key)).Status);
    }

    [Theory]
    [InlineData("http://HOST/api/v1/roles?limit=1")]
    [InlineData("/api/v1/roles?")]
    [InlineData("/api/v1/roles?&limit=1&")]
    [InlineData("/api/roles/?limit=1")]
    [InlineData("/tenants/default/api/v1/roles/")]
    [InlineData("/%61pi/v1/%72oles")]
    public async Task Targets_InOtherForms_AreUnderstood(string target) =>
        Assert.Equal(200, (await RawHttp.SendAsync(server.Url, "GET", target.Replace("HOST", server.Url.Authority, StringComparison.Ordinal), server.Key)).Status);

    [Fact]
    public async Task Head_LikeGet_WithoutBody()
    {
        var (status, text) = await RawHttp.SendAsync(server.Url, "HEAD", "/api/v1/roles", server.Key);

        Assert.Equal(200, status);
        Assert.EndsWith("\r\n\r\n", text);
    }

    [Fact]
    public async Task Evaluate_EveryWayToName_TheTenant()
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk", "a:b");
        await api.AssignAsync("clerk", "alice");

        const string question = """{"user":"alice","permission":"a:b"}""";
        foreach (var (path, header) in new[]
        {
            ($"/tenants/{api.Tenant}/api/v1/authorization/evaluate", ""),
            ($"/tenants/{api.Tenant}/api/authorization/evaluate/", ""),
            ("/api/v1/authorization/evaluate", $"X-Tenant-Id: {api.Tenant}\r\n"),
            ("/api/authorization/evaluate", $"x-tenant-id: {api.Tenant}\r\n"),
        })
        {
            var (status, text) = await RawHttp.SendAsync(server.Url, "POST", path, server.Key, question, header);
            Assert.Equal(200, status);
            Assert.Contains("\"granted\"", text, StringComparison.Ordinal);
        }
    }
}
