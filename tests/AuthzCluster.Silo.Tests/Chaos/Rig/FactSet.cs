using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Silo.Tests.Chaos.Rig;

/// <summary>All facts, in a tenant of their own.</summary>
internal static class FactSet
{
    private const int AtOnce = 8;

    private static readonly (int Count, Func<string, Fact> Make)[] Kinds =
    [
        (48, name => new Held(name)), (24, name => new Joined(name)), (12, name => new TeamHeld(name)), (16, name => new Edited(name)),
        (8, name => new Inherited(name)), (12, name => new Cleared(name)), (12, name => new Opened(name)),
        (12, name => new Allowed(name)), (12, name => new Undenied(name)), (8, name => new Attached(name)),
    ];

    /// <summary>Makes the tenant and what the facts need.</summary>
    public static async Task<IReadOnlyList<Fact>> PrepareAsync(HttpClient http)
    {
        (await new ApiClient(http, "").PostAsync("/api/v1/tenants", new { id = Fact.Tenant })).Is(201);
        var api = ApiOf(http);
        Func<ApiClient, Task>[] shared =
            [Held.PrepareAllAsync, Joined.PrepareAllAsync, TeamHeld.PrepareAllAsync, Inherited.PrepareAllAsync, Cleared.PrepareAllAsync, Opened.PrepareAllAsync];
        foreach (var prepare in shared)
        {
            await prepare(api);
        }
        var facts = new List<Fact>();
        foreach (var (count, make) in Kinds)
        {
            facts.AddRange(Enumerable.Range(facts.Count, count).Select(number => make(Fact.NameOf(number))));
        }
        foreach (var some in facts.Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(fact => fact.PrepareAsync(api)));
        }
        return facts;
    }

    /// <summary>The API of their tenant.</summary>
    public static ApiClient ApiOf(HttpClient http) => new(http, $"/tenants/{Fact.Tenant}");
}
