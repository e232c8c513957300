using System.Collections.Frozen;
using System.Diagnostics;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Hosting.Metrics;

namespace AuthzCluster.Api.Metrics;

/// <summary>What one process answered: requests by endpoint and decisions by reason. Neither tenants nor users: those are without number, and nobody else's business.</summary>
internal sealed class RequestFigures(IEnumerable<ApiEndpoint> endpoints)
{
    private readonly FrozenDictionary<ApiEndpoint, EndpointFigures> _endpoints = endpoints.ToFrozenDictionary(endpoint => endpoint, _ => new EndpointFigures());
    private readonly EndpointFigures _elsewhere = new();
    private readonly long[] _reasons = new long[Enum.GetValues<DecisionReason>().Length];
    private long _begun, _ended;

    /// <summary>A request came; answers what <see cref="End"/> wants to know.</summary>
    public long Begin()
    {
        Interlocked.Increment(ref _begun);
        return Stopwatch.GetTimestamp();
    }

    /// <summary>It was answered.</summary>
    /// <param name="endpoint">By whom; null: it was none's.</param>
    /// <param name="status">With which status.</param>
    /// <param name="begun">What <see cref="Begin"/> said.</param>
    public void End(ApiEndpoint? endpoint, int status, long begun)
    {
        Interlocked.Increment(ref _ended);
        var figures = endpoint is not null && _endpoints.TryGetValue(endpoint, out var known) ? known : _elsewhere;
        figures.Count(status, Stopwatch.GetTimestamp() - begun);
    }

    /// <summary>A question was decided, and its asker told.</summary>
    public void Decided(DecisionReason reason) => Interlocked.Increment(ref _reasons[(int)reason]);

    /// <summary>Writes it all.</summary>
    public void Write(MetricsText text)
    {
        text.Family("authzcluster_http_requests_in_flight", "gauge", "requests that are being answered");
        text.Sample("authzcluster_http_requests_in_flight", "", Volatile.Read(ref _begun) - Volatile.Read(ref _ended));
        text.Family("authzcluster_http_requests_total", "counter", "requests answered, by endpoint, method and status");
        foreach (var (labels, figures) in All())
        {
            foreach (var (status, count) in figures.Statuses())
            {
                text.Sample("authzcluster_http_requests_total", $"{labels},status=\"{status}\"", count);
            }
        }
        text.Family("authzcluster_http_request_duration_seconds", "histogram", "from a request's headers to its answer, by endpoint and method");
        foreach (var (labels, figures) in All().Where(one => one.Figures.Statuses().Any()))
        {
            text.Histogram("authzcluster_http_request_duration_seconds", labels, [.. figures.Cumulated()], figures.Seconds);
        }
        text.Family("authzcluster_decisions_total", "counter", "decisions told, by reason");
        foreach (var reason in Enum.GetValues<DecisionReason>())
        {
            text.Sample("authzcluster_decisions_total", $"reason=\"{EnumText.Of(reason)}\"", Volatile.Read(ref _reasons[(int)reason]));
        }
    }

    private IEnumerable<(string Labels, EndpointFigures Figures)> All() =>
        _endpoints.OrderBy(one => one.Key.Pattern, StringComparer.Ordinal).ThenBy(one => one.Key.Method, StringComparer.Ordinal)
            .Select(one => ($"endpoint=\"{one.Key.Pattern}\",method=\"{one.Key.Method}\"", one.Value))
            .Append(("endpoint=\"none\",method=\"\"", _elsewhere));
}
