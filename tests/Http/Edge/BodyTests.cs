using System.IO.Compression;
using System.Text;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Edge;

[Collection(ServerCollection.Name)]
public sealed class BodyTests(ServerFixture server)
{
    private const string Evaluate = "/api/v1/authorization/evaluate";
    private readonly ApiClient _api = new(server.Http, "");

    [Fact]
    public async Task Body_ByteOrderMark_IsPassedOver()
    {
        var api = await server.TenantAsync();

        (await api.PostAsync("/api/v1/roles", Marked("""{"name":"marked"}"""))).Is(201);
        (await api.PostAsync(Evaluate, Marked("""{"user":"a","permission":"a:b"}"""))).Is(200);
        (await api.PostAsync("/api/v1/import?format=authz", Marked("""{"roles":[]}"""))).Is(200);
        (await api.PostAsync(Evaluate, Marked(""))).Refused(400, "validation_failed", "body");
    }

    [Theory]
    [InlineData("/api/v1/roles")]
    [InlineData(Evaluate)]
    [InlineData(Evaluate + "/batch")]
    [InlineData("/api/v1/import?format=authz")]
    public async Task Body_Compressed_IsRefused(string path)
    {
        using var bytes = new MemoryStream();
        await using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write("{}"u8);
        }
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(bytes.ToArray()) };
        request.Content.Headers.ContentType = new("application/json");
        request.Content.Headers.ContentEncoding.Add("gzip");

        using var response = await server.Http.SendAsync(request);

        (await Reply.OfAsync(response)).Refused(415, "unsupported_media_type");
    }

    [Fact]
    public async Task Body_EncodingIdentity_IsTaken()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Evaluate) { Content = new StringContent("""{"user":"a","permission":"a:b"}""") };
        request.Content.Headers.ContentType = new("application/json");
        request.Content.Headers.ContentEncoding.Add("identity");

        using var response = await server.Http.SendAsync(request);

        (await Reply.OfAsync(response)).Is(200);
    }

    [Theory]
    [InlineData("POST", "/api/v1/roles", """{"name":"x","tenant_id":"system"}""", "tenant_id")]
    [InlineData("POST", "/api/v1/roles", """{"name":"x","parents":[{"role_id":"viewer","tenant_id":"system"}]}""", "parents[0].tenant_id")]
    [InlineData("POST", "/api/v1/roles/viewer/assign", """{"user_id":"a","tenant_id":"system"}""", "tenant_id")]
    [InlineData("PUT", "/api/v1/teams/t/members/u", """{"tenant_id":"system"}""", "tenant_id")]
    [InlineData("POST", "/api/v1/import?format=authz", """{"roles":[{"name":"x","tenant_id":"system"}]}""", "roles[0].tenant_id")]
    [InlineData("POST", "/api/v1/import?format=authz", """{"roles":[{"name":"x","role_id":"y"}]}""", "roles[0].role_id")]
    [InlineData("POST", "/api/v1/import?format=assignments", """[{"user_id":"a","role":"viewer","tenant_id":"system"}]""", "rows[0].tenant_id")]
    [InlineData("POST", "/api/v1/import?format=assignments", """[{"user_id":"a","role":"viewer","role_id":"tenant_admin"}]""", "rows[0].role_id")]
    [InlineData("POST", Evaluate, """{"user":"a","permission":"a:b","tenant_id":"system"}""", "tenant_id")]
    [InlineData("POST", Evaluate + "/batch", """{"evaluations":[{"user":"a","permission":"a:b","tenant_id":"system"}]}""", "evaluations[0].tenant_id")]
    public async Task Body_NamesAnotherTenantOrRole_IsRefused(string method, string path, string body, string field)
    {
        var api = await server.TenantAsync();

        (await api.SendAsync(method, path, body)).Refused(400, "validation_failed", field);

        var own = (await api.SendAsync(method, path, body.Replace("\"system\"", $"\"{api.Tenant}\"", StringComparison.Ordinal)
            .Replace("\"role_id\":\"y\"", "\"id\":\"y\",\"role_id\":\"y\"", StringComparison.Ordinal)
            .Replace("tenant_admin", "viewer", StringComparison.Ordinal))).Status;
        Assert.InRange(own, 200, 204);
    }

    [Theory]
    [InlineData("""{"name":"x","display_name":" "}""")]
    [InlineData("""{"name":"x","display_name":""}""")]
    public async Task Role_BlankDisplayName_IsRefused(string body) =>
        (await _api.PostAsync("/api/v1/roles", body)).Refused(400, "validation_failed", "display_name");

    [Fact]
    public async Task Names_AreCountedInCodePoints()
    {
        var api = await server.TenantAsync();
        var (name, id) = (string.Concat(Enumerable.Repeat("\U0001F600", 100)), string.Concat(Enumerable.Repeat("\U0001F512", 256)));

        (await api.PostAsync("/api/v1/roles", new { name, id })).Is(201);
        Assert.Equal(name, (await api.GetAsync("/api/v1/roles/" + Uri.EscapeDataString(id))).Is(200)["name"].GetString());
        (await api.PostAsync("/api/v1/roles", new { name = name + "x" })).Refused(400, "validation_failed", "name");
        (await api.PostAsync("/api/v1/roles", new { name = "y", id = id + "x" })).Refused(400, "validation_failed", "id");
    }

    [Fact]
    public async Task Body_TooLargeForTheWholeServer_IsToldSo()
    {
        // More than any endpoint takes, from a sender that reads nothing before it has sent all.
        var body = new byte[(64 * 1024 * 1024) + 1];
        body.AsSpan().Fill((byte)' ');

        (await _api.SendAsync("POST", "/api/v1/import?format=authz", body)).Refused(413, "payload_too_large");
        (await _api.SendAsync("POST", Evaluate, body)).Refused(413, "payload_too_large");
    }

    private static byte[] Marked(string text) => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)];
}
