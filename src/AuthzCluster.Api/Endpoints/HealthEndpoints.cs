using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Api.Replies;
using AuthzCluster.Domain.Tenancy;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Endpoints;

/// <summary>How the process is. Touches neither actors nor storage.</summary>
internal static class HealthEndpoints
{
    public static readonly ApiEndpoint[] All =
    [
        new("GET", "/health/live", LiveAsync, null) { Feature = Feature.Always, IsOpen = true },
        new("GET", "/health/ready", ReadyAsync, null) { Feature = Feature.Always, IsOpen = true },
    ];

    private static Task LiveAsync(ApiRequest request) =>
        request.ReplyAsync(new HealthReply("live", Health(request).WriteProblem is null, null), ApiJson.Default.HealthReply);

    private static Task ReadyAsync(ApiRequest request)
    {
        var health = Health(request);
        // First, so that a balancer goes elsewhere while there is still an answer.
        return request.IsDraining
            ? request.ReplyAsync(new HealthReply("stopping", health.WriteProblem is null, health.WriteProblem), ApiJson.Default.HealthReply, StatusCodes.Status503ServiceUnavailable)
            : health.IsReady
            ? request.ReplyAsync(new HealthReply("ready", health.WriteProblem is null, health.WriteProblem ?? health.BackgroundProblem), ApiJson.Default.HealthReply)
            : request.ReplyAsync(
                new HealthReply("starting", false, health.WriteProblem), ApiJson.Default.HealthReply, StatusCodes.Status503ServiceUnavailable);
    }

    private static Actors.Ports.INodeHealth Health(ApiRequest request) => request.Ports.Health;
}
