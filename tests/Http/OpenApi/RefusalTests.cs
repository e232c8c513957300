using System.Text;
using System.Text.Json;
using AuthzCluster.Api.Endpoints;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.OpenApi;
using AuthzCluster.Http.Tests.Fuzz;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.OpenApi;

/// <summary>Every endpoint is asked wrongly in every way there is: what it answers is described, and what is described for all is met.</summary>
public sealed class RefusalTests
{
    private static readonly JsonElement Description = JsonDocument.Parse(ApiDescription.Bytes).RootElement;

    // In the fuzzer's world: the role is there, it has holders, and alice has both.
    private static readonly (string Endpoint, string Query, string? Body)[] Conflicts =
    [
        ("POST /api/v1/roles", "", """{"name":"clerk"}"""),
        ("DELETE /api/v1/roles/{role}", "", null),
        ("POST /api/v1/constraints", "", """{"name":"too much","roles":["clerk","base"],"max":1}"""),
    ];

    [Fact]
    public async Task Refusals_OfEveryEndpoint_AreAsDescribed()
    {
        await using var world = await FuzzWorld.StartAsync();
        var (faults, met) = (new List<string>(), new SortedSet<int>());
        foreach (var endpoint in ApiEndpoints.All)
        {
            foreach (var (what, wanted, reply) in await AskAsync(world, endpoint))
            {
                met.Add(reply.Status);
                faults.AddRange(Faults(endpoint, reply, wanted).Select(fault => $"{endpoint.Method} {endpoint.Pattern}, {what}: {fault}"));
            }
        }
        Assert.Empty(faults);
        Assert.Superset(new HashSet<int> { 400, 401, 403, 404, 409, 412, 413, 415 }, met);
    }

    [Fact]
    public void Faults_OfWhatIsNotDescribed_AreFound()
    {
        var roles = ApiEndpoints.All.Single(endpoint => endpoint is { Method: "POST", Pattern: "/api/v1/roles" });

        Assert.Contains("418", Assert.Single(Faults(roles, Refusal(418, "validation_failed"), null)), StringComparison.Ordinal);
        Assert.Contains("$.code", Assert.Single(Faults(roles, Refusal(400, "no_such_code"), null)), StringComparison.Ordinal);
        Assert.Contains("Retry-After", Assert.Single(Faults(roles, Refusal(429, "rate_limited"), null)), StringComparison.Ordinal);
        Assert.Contains("text/plain", Assert.Single(Faults(roles, Refusal(400, "validation_failed") with { ContentType = "text/plain" }, null)), StringComparison.Ordinal);
        Assert.Empty(Faults(roles, Refusal(400, "validation_failed"), 400));
        Assert.Single(Faults(roles, Refusal(400, "validation_failed"), 401));
    }

    private static Reply Refusal(int status, string code) =>
        new(status, "application/problem+json", $$"""{"type":"t","title":"t","status":{{status}},"detail":"d","code":"{{code}}"}""", new Dictionary<string, string> { ["X-Request-Id"] = "r" });

    // Where the third is null, it depends on the endpoint whether it is refused at all.
    private static async Task<List<(string What, int? Wanted, Reply Reply)>> AskAsync(FuzzWorld world, ApiEndpoint endpoint)
    {
        var good = world.Good(endpoint);
        var context = new SpoilContext(new Random(0), endpoint, good, $"/tenants/{FuzzWorld.Tenant}", "", []);
        var all = new List<(string, int?, Reply)>();
        // AuthZEN passes over what it does not know, of a query too; and so does what answers anybody.
        await AddAsync("an unknown query", endpoint.IsAuthZen || endpoint.IsOpen ? null : 400, context.Target(good.Path.Select(Uri.EscapeDataString), "no_such=1"), good.Body);
        if (!endpoint.IsOpen)
        {
            all.Add(("no credential", 401, await world.Api.As("").SendAsync(endpoint.Method, context.Target(), good.Body)));
            all.Add(("no credential that is known", 401, await world.Api.As("nobody").SendAsync(endpoint.Method, context.Target(), good.Body)));
            foreach (var caller in world.Callers.Where(caller => caller.Name is "without rights" or "foreign"))
            {
                int? wanted = endpoint.Right is null || endpoint.IsForOwnToo ? null : 403;
                all.Add((caller.Name, wanted, await world.Api.As(caller.Key).SendAsync(endpoint.Method, context.Target(), good.Body)));
            }
        }
        for (var i = 0; i < endpoint.Parameters.Count; i++)
        {
            foreach (var odd in new[] { "nothing-there", "%01", new string('x', 300) })
            {
                await AddAsync($"{endpoint.Parameters[i]} is {odd[..3]}", null, context.Target(good.Path.Select((one, at) => at == i ? odd : Uri.EscapeDataString(one)), good.Query), good.Body);
            }
        }
        foreach (var name in endpoint.Query)
        {
            await AddAsync($"a bad {name}", null, context.Target(good.Path.Select(Uri.EscapeDataString), $"{name}=%01!&{name}=2"), good.Body);
        }
        if (good.Body is not null)
        {
            await AddAsync("no JSON", 400, context.Target(), "{");
            await AddAsync("another type", endpoint.IsAuthZen ? 400 : 415, context.Target(), good.Body, ("Content-Type", "application/pdf"));
            if (endpoint.BodyLimit <= 4 * ApiEndpoint.UsualBody)
            {
                await AddAsync("too large", 413, context.Target(), Encoding.UTF8.GetBytes(new string(' ', endpoint.BodyLimit + 1)));
            }
        }
        if (endpoint.IsWrite)
        {
            await AddAsync("a bad key", 400, context.Target(), good.Body, ("Idempotency-Key", new string('k', 300)));
            await AddAsync("a bad version", endpoint.TakesIfMatch ? 400 : null, context.Target(), good.Body is null ? null : "{", ("If-Match", "3"));
        }
        if (endpoint.TakesIfMatch)
        {
            // An edge or a policy that is there by then, and so on, may be looked for first.
            await AddAsync("another version", 412, context.Target(), good.Body, ("If-Match", "\"9876\""));
        }
        foreach (var (query, body) in Conflicts.Where(one => one.Endpoint == $"{endpoint.Method} {endpoint.Pattern}").Select(one => (one.Query, one.Body)))
        {
            await AddAsync("what is there does not allow it", 409, context.Target(good.Path.Select(Uri.EscapeDataString), query), body);
        }
        return all;

        async Task AddAsync(string what, int? wanted, string target, object? body, params (string, string)[] headers) =>
            all.Add((what, wanted, await world.Api.SendAsync(endpoint.Method, target, body, headers)));
    }

    private static IEnumerable<string> Faults(ApiEndpoint endpoint, Reply reply, int? wanted)
    {
        if (wanted is { } status && reply.Status != status)
        {
            return [$"{reply.Status} instead of {status}: {reply.Text}"];
        }
        var operation = Description.GetProperty("paths").GetProperty(endpoint.Pattern).GetProperty(endpoint.Method.ToLowerInvariant());
        if (!operation.GetProperty("responses").TryGetProperty($"{reply.Status}", out var response))
        {
            return [$"{reply.Status} is not described: {reply.Text}"];
        }
        if (reply.Status < 400)
        {
            return [];
        }
        if (!response.GetProperty("content").TryGetProperty(reply.ContentType, out var media))
        {
            return [$"{reply.ContentType} is not described: {reply.Text}"];
        }
        return new SchemaCheck(Description).Faults(media.GetProperty("schema"), reply.Json)
            .Concat(response.GetProperty("headers").EnumerateObject().Where(header => !reply.Headers.ContainsKey(header.Name)).Select(header => $"{header.Name} is missing"));
    }
}
