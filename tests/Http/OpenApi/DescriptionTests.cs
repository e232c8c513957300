using System.Text.Json;
using AuthzCluster.Api.Endpoints;
using AuthzCluster.Api.OpenApi;
using AuthzCluster.Http.Tests.Fuzz;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.OpenApi;

public sealed class DescriptionTests
{
    private static readonly JsonElement Description = JsonDocument.Parse(ApiDescription.Bytes).RootElement;

    [Fact]
    public void Texts_AllOfThem_AreOfEndpointsAndTheOtherWayRound() =>
        Assert.Equal(ApiEndpoints.All.Select(endpoint => $"{endpoint.Method} {endpoint.Pattern}").Order(StringComparer.Ordinal), EndpointTexts.All.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Examples_AllOfThem_AreAsDescribed()
    {
        var check = new SchemaCheck(Description);
        Assert.Empty(EndpointTexts.All.Where(text => text.Value.Body is not null).SelectMany(text =>
            check.Faults(SchemaOf(text.Value.Body!), JsonDocument.Parse(text.Value.Example!).RootElement).Select(fault => $"{text.Key}: {fault}")));
    }

    [Fact]
    public void Answers_AllOfThem_HaveAnExampleAsDescribed()
    {
        var check = new SchemaCheck(Description);
        var faults = new List<string>();
        foreach (var (name, response, media) in Media())
        {
            var schema = media.GetProperty("schema").GetProperty("$ref").GetString()!.Split('/')[^1];
            if (media.TryGetProperty("example", out var example))
            {
                faults.AddRange(check.Faults(media.GetProperty("schema"), example).Select(fault => $"{name} {response}: {fault}"));
            }
            else if (schema is not ("Text" or "Any" or "Health"))
            {
                faults.Add($"{name} {response}: {schema} has no example");
            }
        }
        Assert.Empty(faults.Distinct());
    }

    // The whole description, and nothing within it, may be free.
    [Fact]
    public void Schemas_OfBodiesAndAnswers_SaySomething() =>
        Assert.Empty(Description.GetProperty("components").GetProperty("schemas").EnumerateObject().Where(schema => !schema.Value.EnumerateObject().Any() && schema.Name != "Any").Select(schema => schema.Name));

    [Fact]
    public async Task Answers_ToGoodRequests_AreAsDescribed()
    {
        await using var world = await FuzzWorld.StartAsync();
        var check = new SchemaCheck(Description);
        var faults = new List<string>();
        foreach (var endpoint in ApiEndpoints.All.OrderBy(endpoint => endpoint.Method == "DELETE").ThenBy(endpoint => endpoint.Method == "DELETE" ? -endpoint.Pattern.Split('/').Length : 0).ThenBy(endpoint => endpoint.Pattern == "/api/v1/tenants/{id}"))
        {
            var (name, text, good) = ($"{endpoint.Method} {endpoint.Pattern}", EndpointTexts.All[$"{endpoint.Method} {endpoint.Pattern}"], world.Good(endpoint));
            var target = new SpoilContext(new Random(0), endpoint, good, $"/tenants/{FuzzWorld.Tenant}", "", []).Target();
            var reply = await world.Api.SendAsync(endpoint.Method, target, good.Body);
            if (reply.Status != text.Status && reply.Status != text.OrStatus)
            {
                faults.Add($"{name}: {reply.Status} is not described");
            }
            if (good.Body is not null && text.Body is not null)
            {
                faults.AddRange(check.Faults(SchemaOf(text.Body), JsonDocument.Parse(good.Body).RootElement).Select(fault => $"{name}, request {fault}"));
            }
            faults.AddRange(HeaderFaults(name, reply));
            if (text.Answer is not null && reply.Json.ValueKind != JsonValueKind.Undefined)
            {
                faults.AddRange(check.Faults(SchemaOf(text.Answer), reply.Json).Select(fault => $"{name}, answer {fault}"));
            }
        }
        Assert.Empty(faults);
    }

    // Those that are described are there, and those that are there are described.
    private static IEnumerable<string> HeaderFaults(string name, Reply reply)
    {
        var (method, path) = (name.Split(' ')[0].ToLowerInvariant(), name.Split(' ')[1]);
        var described = Description.GetProperty("paths").GetProperty(path).GetProperty(method).GetProperty("responses").GetProperty($"{reply.Status}").GetProperty("headers");
        foreach (var header in new[] { "ETag", "Location", "Retry-After", "X-Request-Id" })
        {
            if (reply.Headers.ContainsKey(header) != described.TryGetProperty(header, out _))
            {
                yield return $"{name}: {header} is {(reply.Headers.ContainsKey(header) ? "not described" : "described, but not there")}";
            }
        }
    }

    private static IEnumerable<(string Name, string Response, JsonElement Media)> Media() =>
        from path in Description.GetProperty("paths").EnumerateObject()
        from method in path.Value.EnumerateObject()
        from response in method.Value.GetProperty("responses").EnumerateObject()
        where response.Value.TryGetProperty("content", out _)
        from media in response.Value.GetProperty("content").EnumerateObject()
        select ($"{method.Name} {path.Name}", $"{response.Name} {media.Name}", media.Value);

    private static JsonElement SchemaOf(string name) => Description.GetProperty("components").GetProperty("schemas").GetProperty(name);
}
