using System.Text.Json;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Api.Endpoints;
using AuthzCluster.Api.Http;
using AuthzCluster.Http.Tests.Fuzz;
using AuthzCluster.Http.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AuthzCluster.Http.Tests.Repeats;

/// <summary>Every endpoint that writes: the same key and body give the same answer, and change something once.</summary>
public sealed class RepeatEndpointTests
{
    private const string Key = "Idempotency-Key";

    [Fact]
    public async Task Endpoints_EachThatWrites_AnswersARepeatAsTheFirst()
    {
        await using var world = await FuzzWorld.StartAsync();
        var faults = new List<string>();
        foreach (var endpoint in InOrder())
        {
            var (target, body) = (TargetOf(endpoint, world), world.Good(endpoint).Body);
            var key = (Key, $"key of {endpoint.Method}-{endpoint.Pattern}".Replace(' ', '-'));
            var first = await world.Api.SendAsync(endpoint.Method, target, body, key);
            var state = await DigestAsync(endpoint, world);

            var again = await world.Api.SendAsync(endpoint.Method, target, body, key);

            var other = await world.Api.SendAsync(endpoint.Method, target, (body ?? "") + " ", key);
            Check(first.Status is >= 200 and < 300, $"{first.Status} {first.Text}");
            Check(!first.Headers.ContainsKey("Idempotency-Replayed"), "the first is no replay");
            Check(again.Status == first.Status && again.Text == first.Text, $"{first.Status} {first.Text} and {again.Status} {again.Text}");
            Check(again.Headers.GetValueOrDefault("Idempotency-Replayed") == "true", "the second is no replay");
            Check(new[] { "Content-Type", "Location", "ETag", "Cache-Control" }.All(name => again.Headers.GetValueOrDefault(name) == first.Headers.GetValueOrDefault(name)), "other headers");
            Check(other.Status == 409 && other["code"].GetString() == "invalid_state", $"another body: {other.Status} {other.Text}");
            Check(state == await DigestAsync(endpoint, world), "the repeat changed something");

            void Check(bool isGood, string fault)
            {
                if (!isGood)
                {
                    faults.Add($"{endpoint.Method} {endpoint.Pattern}: {fault}");
                }
            }
        }
        Assert.Empty(faults);
    }

    // What the door kept is not there: the write was done, and what became of its answer is not known.
    [Fact]
    public async Task Endpoints_EachThatWritesAndWhoseAnswerWasLost_IsNotDoneAgain()
    {
        await using var world = await FuzzWorld.StartAsync(services => services.AddSingleton<IAnswers, ForgetfulAnswers>());
        var faults = new List<string>();
        foreach (var endpoint in InOrder())
        {
            var (target, body, key) = (TargetOf(endpoint, world), world.Good(endpoint).Body, (Key, $"{endpoint.Method}-{endpoint.Pattern}"));
            var first = await world.Api.SendAsync(endpoint.Method, target, body, key);
            var state = await DigestAsync(endpoint, world);

            var again = await world.Api.SendAsync(endpoint.Method, target, body, key);

            Assert.DoesNotContain("Idempotency-Replayed", again.Headers.Keys);
            var isSame = again.Status == first.Status && again.Headers.GetValueOrDefault("Location") == first.Headers.GetValueOrDefault("Location")
                && (endpoint.TellsSecret || (again.Text == first.Text && state == await DigestAsync(endpoint, world)));
            if (!isSame || again.Status is < 200 or > 299)
            {
                faults.Add($"{endpoint.Method} {endpoint.Pattern}: {first.Status} {first.Text} and {again.Status} {again.Text}");
            }
        }
        Assert.Empty(faults);
    }

    [Fact]
    public async Task Endpoints_ThatAskOrRead_PassTheKeyOver()
    {
        await using var world = await FuzzWorld.StartAsync();
        foreach (var endpoint in ApiEndpoints.All.Where(endpoint => !endpoint.IsWrite))
        {
            var (target, body) = (TargetOf(endpoint, world), world.Good(endpoint).Body);
            var reply = await world.Api.SendAsync(endpoint.Method, target, body, (Key, "is no key"));
            Assert.InRange(reply.Status, 200, 299);
            (await world.Api.SendAsync(endpoint.Method, target, body, (Key, "k"))).Is(reply.Status);
            Assert.DoesNotContain("Idempotency-Replayed", (await world.Api.SendAsync(endpoint.Method, target, body, (Key, "k"))).Headers.Keys);
        }
    }

    [Fact]
    public void Endpoints_ThatTellSecrets_AreThoseOfKeysAndWebhooks() => Assert.Equal(
        ["POST /api/v1/api-keys", "POST /api/v1/api-keys/{api_key}/rotate", "POST /api/v1/webhooks", "POST /api/v1/webhooks/{webhook}/rotate"],
        ApiEndpoints.All.Where(endpoint => endpoint.TellsSecret).Select(endpoint => $"{endpoint.Method} {endpoint.Pattern}").Order(StringComparer.Ordinal));

    // What removes comes last, what is within before what it is in.
    private static IEnumerable<ApiEndpoint> InOrder() => ApiEndpoints.All.Where(endpoint => endpoint.IsWrite)
        .OrderBy(endpoint => endpoint.Method == "DELETE").ThenBy(endpoint => endpoint.Method == "DELETE" ? -endpoint.Pattern.Split('/').Length : 0)
        .ThenBy(endpoint => endpoint.Pattern == "/api/v1/tenants/{id}");

    private static string TargetOf(ApiEndpoint endpoint, FuzzWorld world) =>
        new SpoilContext(new Random(0), endpoint, world.Good(endpoint), $"/tenants/{FuzzWorld.Tenant}", "", []).Target();

    // The newest record of the log tells of any change; that of a tenant that is gone, that it is gone.
    private static async Task<string> DigestAsync(ApiEndpoint endpoint, FuzzWorld world)
    {
        var prefix = endpoint.IsOfSystem ? "/tenants/system" : $"/tenants/{FuzzWorld.Tenant}";
        var newest = await world.Api.GetAsync($"{prefix}/api/v1/audit?limit=1");
        return newest.Status != 200 ? newest.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)
            : JsonSerializer.Serialize(newest.Items);
    }
}
