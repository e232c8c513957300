using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Hosting.Metrics;

namespace AuthzCluster.Api.Endpoints;

/// <summary>The figures of the process, for Prometheus. Any credential may read them: no tenant and no user is in them.</summary>
internal static class MetricsEndpoints
{
    public const string Pattern = "/metrics";

    public static readonly ApiEndpoint[] All = [new("GET", Pattern, AnswerAsync, null) { Feature = Feature.Always }];

    /// <summary>The same for anybody.</summary>
    public static readonly ApiEndpoint Open = new("GET", Pattern, AnswerAsync, null) { Feature = Feature.Always, IsOpen = true };

    private static Task AnswerAsync(ApiRequest request) => request.ReplyBytesAsync(MetricsText.ContentType, request.Metrics.ToBytes());
}
