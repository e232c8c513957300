using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AuthzCluster.Api.Endpoints;
using AuthzCluster.Api.Http;
using AuthzCluster.Http.Tests.Support;

namespace AuthzCluster.Http.Tests.Fuzz;

/// <summary>
/// All that the server can be asked of its state but the audit log, as a list or as events, and what it counts: each endpoint that reads, in each tenant, for each
/// role; lists to their end. A new list is part of it by being an endpoint.
/// </summary>
internal static partial class StateDigest
{
    private const int MostPages = 10_000;

    /// <summary>The state as text, a line for each answer: of two that differ, the difference can be read.</summary>
    public static async Task<string> OfAsync(FuzzWorld world)
    {
        var api = world.Api;
        var text = new StringBuilder();
        var reads = ApiEndpoints.All.Where(endpoint =>
            endpoint.Method == "GET" && !endpoint.IsOpen && endpoint.Right?.Resource is not ("authz.audit" or "authz.events") && endpoint.Pattern != "/metrics").ToList();
        var tenants = await Paging.AllAsync(api, "/api/v1/tenants?limit=100", tenant => tenant.GetProperty("id").GetString()!);
        foreach (var tenant in tenants.Order(StringComparer.Ordinal))
        {
            var prefix = $"/tenants/{Uri.EscapeDataString(tenant)}";
            var roles = await Paging.AllAsync(api, $"{prefix}/api/v1/roles?limit=100", role => role.GetProperty("id").GetString()!);
            foreach (var endpoint in reads)
            {
                foreach (var target in Targets(endpoint, world.Good(endpoint), roles))
                {
                    await AppendAsync(text, api, prefix + target, endpoint.Query.Contains("page_token"));
                }
            }
        }
        return text.ToString();
    }

    /// <summary>Short enough to print.</summary>
    public static string Hash(string state) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)))[..16];

    private static IEnumerable<string> Targets(ApiEndpoint endpoint, GoodRequest good, List<string> roles)
    {
        var choices = endpoint.Parameters.Contains("role") ? roles : [""];
        foreach (var role in choices)
        {
            var arguments = endpoint.Parameters.Select((name, i) => Uri.EscapeDataString(name == "role" ? role : good.Path[i])).ToList();
            var next = 0;
            yield return string.Join('/', endpoint.Pattern.Split('/').Select(part => part.StartsWith('{') ? arguments[next++] : part));
        }
    }

    private static async Task AppendAsync(StringBuilder text, ApiClient api, string path, bool isList)
    {
        string? token = null;
        for (var page = 0; page < MostPages; page++)
        {
            var target = !isList ? path : token is null ? $"{path}?limit=100" : $"{path}?limit=100&page_token={token}";
            var reply = await api.GetAsync(target);
            Assert.InRange(reply.Status, 200, 499);
            token = isList && reply.Status == 200 && reply["next_page_token"].ValueKind == JsonValueKind.String ? reply.NextPage : null;
            text.Append(path).Append(' ').Append(Volatile().Replace(reply.Text, "")).Append('\n');
            if (token is null)
            {
                return;
            }
        }
        Assert.Fail($"{path} does not end");
    }

    // Using a key is no change of it.
    [GeneratedRegex("\"(last_used_at|next_page_token)\":(null|\"[^\"]*\"),?")]
    private static partial Regex Volatile();
}
