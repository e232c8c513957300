using System.Collections.Immutable;
using AuthzCluster.Api.Endpoints;
using AuthzCluster.Api.Http;

namespace AuthzCluster.Http.Tests.Fuzz;

/// <summary>Makes requests from numbers: the same number, the same request (but for keys and tokens, which are the server's).</summary>
internal sealed class Fuzzer(FuzzWorld world)
{
    // A spoiled `follow` leaves a stream that does not end.
    private static readonly ApiEndpoint[] Endpoints = [.. ApiEndpoints.All.Where(endpoint => endpoint.Pattern != "/api/v1/events")];

    /// <summary>The request of a number, its endpoint and its caller.</summary>
    public (FuzzRequest Request, ApiEndpoint Endpoint, FuzzCaller Caller) Make(int number)
    {
        var random = new Random(number);
        var endpoint = Endpoints[random.Next(Endpoints.Length)];
        var caller = world.Callers[random.Next(world.Callers.Count)];
        var byPrefix = caller.IsForeign || random.Next(2) == 0;
        var context = new SpoilContext(random, endpoint, world.Good(endpoint), byPrefix ? $"/tenants/{FuzzWorld.Tenant}" : "", caller.Key, world.Tokens);
        var request = Good(context, caller);
        // Whoever may write sends writes that are refused by their form only; one spoiler is sure of that, two may heal each other.
        var isWrite = caller.MayWrite && endpoint.IsWrite;
        var usable = Spoiler.All.Where(spoiler => isWrite ? spoiler.Breaks : !(caller.MayWrite && spoiler.Strays)).ToList();
        for (var left = isWrite ? 1 : random.Next(caller.MayWrite ? 1 : 0, 4); left > 0;)
        {
            var spoiler = usable[random.Next(usable.Count)];
            // Most of these never get past Kestrel.
            if (WireSpoilers.All.Contains(spoiler) && random.Next(3) > 0)
            {
                continue;
            }
            if (spoiler.Apply(context, request) is not { } spoiled)
            {
                continue;
            }
            request = spoiled with { Spoiled = request.Spoiled.Add(spoiler.Name) };
            left = request.Whole is null ? left - 1 : 0;
        }
        return (request, endpoint, caller);
    }

    private FuzzRequest Good(SpoilContext context, FuzzCaller caller)
    {
        var headers = ImmutableList.Create(("Host", world.Url.Authority));
        if (context.Prefix.Length == 0)
        {
            headers = headers.Add(("X-Tenant-Id", FuzzWorld.Tenant));
        }
        if (caller.Key.Length > 0)
        {
            headers = headers.Add(("Authorization", $"Bearer {caller.Key}"));
        }
        return new FuzzRequest(context.Endpoint.Method, context.Target())
        {
            Headers = context.Good.Body is null ? headers : headers.Add(("Content-Type", "application/json")),
            Body = context.Good.Body is { } body ? System.Text.Encoding.UTF8.GetBytes(body) : null,
        };
    }
}
