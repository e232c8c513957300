using System.Text;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Edge;

[Collection(ServerCollection.Name)]
public sealed class ProblemTests(ServerFixture server)
{
    private readonly ApiClient _api = new(server.Http, "");

    [Theory]
    [InlineData("GET", "/api/v1/roles")]
    [InlineData("POST", "/api/v1/authorization/evaluate")]
    [InlineData("GET", "/nowhere")]
    [InlineData("PATCH", "/health/live")]
    [InlineData("GET", "/api/v1/roles/%ff")]
    [InlineData("GET", "/tenants/x/api/v1/export")]
    public async Task Credential_MissingOrWrong_IsUnauthenticated(string method, string path)
    {
        foreach (var credential in new[] { "", "Bearer", "Bearer ", "Bearer wrong", $"Bearer {server.Key}x", $"Basic {server.Key}", server.Key, $"Bearer {server.Key.ToUpperInvariant()}", $"Bearer {new string('x', 5000)}" })
        {
            var reply = (await _api.SendAsync(method, path, null, ("Authorization", credential))).Refused(401, "unauthenticated");
            Assert.StartsWith("Bearer", reply.Headers["WWW-Authenticate"]);
        }
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/health/ready/")]
    public async Task Health_WithoutCredential_Answers(string path)
    {
        var reply = (await _api.SendAsync("GET", path, null, ("Authorization", ""))).Is(200);

        Assert.NotEmpty(reply["status"].GetString()!);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api")]
    [InlineData("/api/v1")]
    [InlineData("/api/v2/roles")]
    [InlineData("/api/v1/Roles")]
    [InlineData("/api/v1/roles//hierarchy")]
    [InlineData("/api/v1/roles/x/nothing")]
    [InlineData("/tenants/default")]
    [InlineData("/tenants/default/tenants/default/api/v1/roles")]
    [InlineData("/api/v1/roles//")]
    public async Task Path_Unknown_IsNotFound(string path) => (await _api.GetAsync(path)).Refused(404, "not_found");

    [Theory]
    [InlineData("DELETE", "/api/v1/roles", "POST, GET, HEAD")]
    [InlineData("POST", "/api/v1/roles/x", "GET, HEAD, PUT, DELETE")]
    [InlineData("OPTIONS", "/api/v1/authorization/evaluate", "POST")]
    [InlineData("GET", "/api/v1/authorization/evaluate", "POST")]
    [InlineData("BREW", "/health/live", "GET, HEAD")]
    public async Task Method_Wrong_TellsWhichThereAre(string method, string path, string allow) =>
        Assert.Equal(allow, string.Join(", ", (await _api.SendAsync(method, path, null)).Refused(405, "method_not_allowed").Headers["Allow"]));

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    public async Task ContentType_NotJson_IsRefused(string type)
    {
        foreach (var path in new[] { "/api/v1/roles", "/api/v1/authorization/evaluate", "/api/v1/authorization/evaluate/batch" })
        {
            (await _api.PostAsync(path, "{}", ("Content-Type", type))).Refused(415, "unsupported_media_type");
        }
    }

    [Fact]
    public async Task ContentType_JsonInOtherWords_IsTaken()
    {
        foreach (var type in new[] { "application/json; charset=utf-8", "Application/JSON", "application/vnd.authz+json; charset=\"UTF-8\"" })
        {
            (await _api.PostAsync("/api/v1/authorization/evaluate", """{"user":"a","permission":"a:b"}""", ("Content-Type", type))).Is(200);
        }
    }

    [Theory]
    [InlineData("", "body", "empty")]
    [InlineData("   ", "body", "empty")]
    [InlineData("{", "body", "line 1")]
    [InlineData("{\"name\":\n\n  nope}", "body", "line 3")]
    [InlineData("{\"name\":\"a\"} {}", "body", "line 1")]
    [InlineData("{\"name\":\"a\",}", "body", "line 1")]
    [InlineData("{'name':1}", "body", "line 1")]
    [InlineData("[]", "body", "object")]
    [InlineData("null", "body", "object")]
    [InlineData("\"text\"", "body", "object")]
    [InlineData("{\"name\":5}", "name", "type")]
    [InlineData("{\"name\":\"a\",\"name\":\"b\"}", "name", "duplicate")]
    [InlineData("{\"nmae\":\"a\"}", "nmae", "unknown")]
    [InlineData("{\"Name\":\"a\"}", "Name", "unknown")]
    [InlineData("{\"name\":\"\\ud800\"}", "name", "text")]
    public async Task Body_Malformed_IsRefusedWithItsPlace(string body, string field, string says)
    {
        var reply = (await _api.PostAsync("/api/v1/roles", body)).Refused(400, "validation_failed", field);

        Assert.Contains(says, reply["errors"].GetProperty(field)[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_BadUtf8_IsRefused()
    {
        byte[] body = [.. "{\"name\":\""u8, 0xff, 0xc0, .. "\"}"u8];

        (await _api.SendAsync("POST", "/api/v1/roles", body)).Refused(400, "validation_failed", "name");
        byte[] question = [.. "{\"user\":\""u8, 0xff, .. "\",\"permission\":\"a:b\"}"u8];
        (await _api.SendAsync("POST", "/api/v1/authorization/evaluate", question)).Refused(400, "validation_failed", "user");
    }

    [Fact]
    public async Task Body_TooDeep_IsRefused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 40);

        foreach (var (path, body) in new[] { ("/api/v1/roles", $$"""{"name":"x","metadata":{{deep}}}"""), ("/api/v1/authorization/evaluate", $$"""{"user":"a","permission":"a:b","context":{{deep}}}""") })
        {
            var reply = (await _api.PostAsync(path, body)).Refused(400, "validation_failed", "body");
            Assert.Contains("deeper", reply.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Lesson09_BodyTooLarge_IsRefused()
    {
        var text = new string('x', 1024 * 1024);
        var huge = new string('x', 4 * 1024 * 1024);

        (await _api.PostAsync("/api/v1/authorization/evaluate", $$"""{"user":"{{text}}","permission":"a:b"}""")).Refused(413, "payload_too_large");
        (await _api.PostAsync("/api/v1/roles", $$"""{"name":"large","description":"{{huge}}"}""")).Refused(413, "payload_too_large");
        (await _api.PostAsync("/api/v1/roles/viewer/assign", $$"""{"user_id":"a","reason":"{{text}}"}""")).Refused(413, "payload_too_large");
    }

    [Fact]
    public async Task Body_ChunkedAndTooLarge_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/authorization/evaluate");
        request.Content = new StreamContent(new MemoryStream(Encoding.ASCII.GetBytes(new string(' ', 2 * 1024 * 1024))));
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = true;

        using var response = await server.Http.SendAsync(request);

        (await Reply.OfAsync(response)).Refused(413, "payload_too_large");
    }

    [Fact]
    public async Task Body_Chunked_IsTaken()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/authorization/evaluate");
        request.Content = new StreamContent(new MemoryStream("""{"user":"a","permission":"a:b"}"""u8.ToArray()));
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = true;

        using var response = await server.Http.SendAsync(request);

        (await Reply.OfAsync(response)).Is(200);
    }

    [Theory]
    [InlineData("abc-1", true)]
    [InlineData("!~", true)]
    [InlineData("with space", false)]
    [InlineData("", false)]
    public async Task RequestId_Good_IsEchoedElseMade(string id, bool echoed)
    {
        var reply = await _api.GetAsync("/health/live", ("X-Request-Id", id));

        Assert.Equal(echoed, reply.Headers["X-Request-Id"] == id);
        Assert.NotEmpty(reply.Headers["X-Request-Id"]);
        var tooLong = await _api.GetAsync("/nowhere", ("X-Request-Id", new string('x', 129)));
        Assert.InRange(tooLong.Headers["X-Request-Id"].Length, 1, 128);
    }

    [Theory]
    [InlineData("\"1\"", 200)]
    [InlineData("*", 200)]
    [InlineData("\"7\", \"1\"", 200)]
    [InlineData("\"2\"", 412)]
    [InlineData("W/\"1\"", 412)]
    [InlineData("\"abc\"", 412)]
    [InlineData("\"a,b\"", 412)]
    [InlineData("\"a,b\", \"1\"", 200)]
    [InlineData("\"1\",", 200)]
    [InlineData(",", 400)]
    [InlineData("1", 400)]
    [InlineData("\"1", 400)]
    public async Task IfMatch_OnRoles_IsHonoured(string header, int status)
    {
        var api = await server.TenantAsync();
        await api.RoleAsync("clerk");

        Assert.Equal(status, (await api.PutAsync("/api/v1/roles/clerk/parents/viewer", new { inheritance_type = "none" }, ("If-Match", header))).Status);
        Assert.Equal(status == 200 ? 2 : 1, (await api.GetAsync("/api/v1/roles/clerk"))["version"].GetInt64());
        await api.RoleAsync("second");
        Assert.Equal(status, (await api.PutAsync("/api/v1/roles/second", new { name = "second", description = "d" }, ("If-Match", header))).Status);
        await api.RoleAsync("third");
        Assert.Equal(status == 200 ? 204 : status, (await api.DeleteAsync("/api/v1/roles/third", ("If-Match", header))).Status);
    }
}
