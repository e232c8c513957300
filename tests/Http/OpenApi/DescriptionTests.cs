using System.Text.Json;
using AuthzCluster.Api.Endpoints;
using AuthzCluster.Api.OpenApi;
using AuthzCluster.Http.Tests.Fuzz;

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
            if (text.Answer is not null && reply.Json.ValueKind != JsonValueKind.Undefined)
            {
                faults.AddRange(check.Faults(SchemaOf(text.Answer), reply.Json).Select(fault => $"{name}, answer {fault}"));
            }
        }
        Assert.Empty(faults);
    }

    private static JsonElement SchemaOf(string name) => Description.GetProperty("components").GetProperty("schemas").GetProperty(name);
}
