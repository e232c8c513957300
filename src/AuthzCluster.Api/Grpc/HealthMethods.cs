using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Tenancy;
using static AuthzCluster.Api.Grpc.HealthV1.HealthCheckResponse.Types;

namespace AuthzCluster.Api.Grpc;

/// <summary>The standard health service: what <c>/health/ready</c> says, of the process and of each of its services. It answers anybody.</summary>
internal static class HealthMethods
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static readonly ApiEndpoint[] All = [Open("Check", CheckAsync), Open("Watch", WatchAsync)];

    private static ApiEndpoint Open(string name, Func<ApiRequest, Task> handler) =>
        new("POST", $"/grpc.health.v1.Health/{name}", handler, null) { Feature = Feature.Always, IsOpen = true, BodyLimit = 4096 };

    private static async Task CheckAsync(ApiRequest request)
    {
        var call = GrpcCall.Of(request);
        var asked = await call.ReadOneAsync<HealthV1.HealthCheckRequest>(request);
        var status = StatusOf(request, call, asked.Service);
        if (status == ServingStatus.ServiceUnknown)
        {
            throw new ProblemException(new Problem(404, "not_found", "Not found", "there is no such service"));
        }
        call.Send(new HealthV1.HealthCheckResponse { Status = status });
    }

    private static async Task WatchAsync(ApiRequest request)
    {
        var call = GrpcCall.Of(request);
        var asked = await call.ReadOneAsync<HealthV1.HealthCheckRequest>(request);
        if (!call.Server.Watchers.TryEnter())
        {
            throw new ProblemException(Problem.Busy);
        }
        try
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(call.Expired, call.Server.Drain.Ending, request.Http.RequestAborted);
            await TellAsync(request, call, asked.Service, stop.Token);
        }
        finally
        {
            call.Server.Watchers.Leave();
        }
        await call.FailAsync(GrpcProblems.Stopped(call));
    }

    // Whether a node is ready is nobody's event: it is looked at.
    private static async Task TellAsync(ApiRequest request, GrpcCall call, string service, CancellationToken stop)
    {
        await call.BeginStreamAsync(request);
        ServingStatus? told = null;
        while (true)
        {
            var status = StatusOf(request, call, service);
            if (status != told)
            {
                call.Write(new HealthV1.HealthCheckResponse { Status = status });
                await call.FlushAsync(request);
                told = status;
            }
            if (stop.IsCancellationRequested)
            {
                return;
            }
            await Task.Delay(Interval, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static ServingStatus StatusOf(ApiRequest request, GrpcCall call, string service) =>
        service.Length > 0 && !ReflectionMethods.Services.Contains(service) ? ServingStatus.ServiceUnknown
        : request.Ports.Health.IsReady && !call.Server.Drain.HasBegun ? ServingStatus.Serving : ServingStatus.NotServing;
}
