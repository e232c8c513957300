using AuthzCluster.Api.Endpoints;
using AuthzCluster.Http.Tests.Fuzz;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Abuse;

/// <summary>Bugs that shipped elsewhere, held off for the whole table of endpoints. Others are at home with what they are about: Paging, Path, ProblemTests.</summary>
[Collection(ServerCollection.Name)]
public sealed class LessonTests(ServerFixture server)
{
    [Fact]
    public async Task Lesson12_HostHeader_IsInNoAnswer()
    {
        var api = await server.TenantAsync();
        (string, string)[] headers = [("Host", "evil.example"), ("X-Forwarded-Host", "evil.example"), ("Forwarded", "host=evil.example"), ("X-Forwarded-Proto", "evil")];

        var made = (await api.PostAsync("/api/v1/roles", new { name = "clerk" }, headers)).Is(201);
        var missing = (await api.GetAsync("/api/v1/roles/nobody", headers)).Is(404);

        Assert.Equal($"/tenants/{api.Tenant}/api/v1/roles/{made["id"].GetString()}", made.Headers["Location"]);
        foreach (var reply in new[] { made, missing })
        {
            Assert.DoesNotContain("evil", reply.Text + string.Concat(reply.Headers.Values), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Lesson13_AnyListWithATokenOfNoList_IsRefused()
    {
        var api = await server.TenantAsync();
        var lists = ApiEndpoints.All.Where(endpoint => endpoint.Query.Contains("page_token")).ToList();
        Assert.NotEmpty(lists);

        foreach (var list in lists)
        {
            var context = new SpoilContext(new Random(0), list, GoodRequests.Of(list)!, "", "", []);
            foreach (var token in new[] { "x", "AAAA", new string('A', 100), "%00", "-1", "9223372036854775808" })
            {
                var reply = await api.GetAsync(context.Target(GoodRequests.Of(list)!.Path.Select(Uri.EscapeDataString), $"page_token={token}"));
                Assert.True(reply.Status is 400 or 404, $"{list.Pattern}: {reply.Status}");
            }
        }
    }
}
