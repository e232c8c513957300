using System.Diagnostics;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Api.AuthZen;
using AuthzCluster.Api.Endpoints;
using AuthzCluster.Api.Credentials;
using AuthzCluster.Api.Grpc;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Manners;
using AuthzCluster.Api.Metrics;
using AuthzCluster.Api.Serving;
using AuthzCluster.Api.Repeats;
using AuthzCluster.Api.Waiting;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Hosting.Metrics;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AuthzCluster.Api;

/// <summary>The whole API as one request delegate: route, authenticate, hand over, and answer errors in one form.</summary>
public sealed partial class AuthzApi
{
    private readonly ApiPorts _ports;
    private readonly Router _router;
    private readonly MetricsReport _metrics;
    private readonly Cors _cors;
    private readonly CredentialCheck _credentials;
    private readonly Door _door;
    private readonly RepeatDoor _repeats;
    private readonly RefusalLog _refusals;
    private readonly PageTokens _tokens;
    private readonly BodyMemory _bodies;
    private readonly Places _places;
    private readonly Func<Uri> _publicUrl;
    private readonly Drain _drain;
    private readonly OpenStreams _streams = new(most: 400, mostOfTenant: 200, mostOfOne: 100), _slowReaders = new(most: 2000, mostOfTenant: 1000, mostOfOne: 500);
    private readonly ILogger _log;

    /// <summary>Over the ports of a host.</summary>
    /// <param name="ports">The rest of the system.</param>
    /// <param name="options">Keys.</param>
    /// <param name="readers">Of credentials; a token is judged by the first that reads it, and else as an API key.</param>
    /// <param name="instruments">What is measured in the process.</param>
    /// <param name="drain">Whether the process is about to stop.</param>
    /// <param name="log">Where unexpected failures go.</param>
    internal AuthzApi(ApiPorts ports, ApiOptions options, IEnumerable<ICredentialReader> readers, InstrumentListener instruments, Drain drain, ILogger<AuthzApi> log)
    {
        ports = PatientPorts.Of(ports, options.RequestTimeout);
        _ports = ports;
        var endpoints = options.MetricsOpen ? [.. ApiEndpoints.All.Except(MetricsEndpoints.All), MetricsEndpoints.Open] : ApiEndpoints.All;
        _router = new Router(endpoints);
        _metrics = new MetricsReport(new RequestFigures([.. endpoints, .. GrpcMethods.All]), instruments);
        _cors = new Cors(options.CorsOrigins);
        var allowance = options.RateLimit == 0 ? Allowance.Unlimited : new Allowance(options.RateLimit, options.RateBurst == 0 ? options.RateLimit : options.RateBurst);
        _credentials = new CredentialCheck([.. readers, new ApiKeyReader(ports.Keys)], ports.Clock, allowance);
        _door = new Door(ports.Rights);
        _repeats = new RepeatDoor(ports.Answers, ports.Clock);
        _refusals = new RefusalLog(new RefusedAttempts(ports.Audit, ports.Clock));
        _tokens = new PageTokens(options.PageTokenKey);
        _bodies = new BodyMemory(options.BodyMemory);
        _places = new Places(options.MaxRequests, options.MaxQueue, options.QueueTime);
        _publicUrl = options.PublicUrl;
        _drain = drain;
        _log = log;
    }

    /// <summary>What large bodies take up.</summary>
    internal BodyMemory Bodies => _bodies;

    /// <summary>Whether anybody known sends a request.</summary>
    internal async ValueTask<bool> IsKnownAsync(HttpContext http) => await _credentials.FindAsync(http.Request.Headers.Authorization) is not null;

    /// <summary>Answers a request. Throws nothing but where the answer had begun already.</summary>
    public Task InvokeAsync(HttpContext http) => InvokeAsync(http, isInner: false);

    /// <summary>Answers a request that is made of a call: it is the call that is counted and traced.</summary>
    internal Task AnswerInnerAsync(HttpContext http) => InvokeAsync(http, isInner: true);

    private async Task InvokeAsync(HttpContext http, bool isInner)
    {
        var begun = isInner ? 0 : _metrics.Requests.Begin();
        var requestId = RequestIds.Of(http);
        RequestIds.Echo(http, requestId);
        _drain.Tell(http);
        var (route, endpoint, fault) = Find(http);
        SecurityHeaders.Set(http, endpoint);
        var activity = isInner ? null : Tracing.Begin(http);
        var needsPlace = endpoint is not { IsOpen: true };
        var isPlaced = false;
        ApiRequest? request = null;
        try
        {
            if (_cors.Answers(http))
            {
                return;
            }
            if (needsPlace && !_places.TryEnter() && !await _places.EnterAsync())
            {
                await TellAsync(http, Problem.Busy, route, endpoint);
                return;
            }
            isPlaced = needsPlace;
            request = await AcceptAsync(http, requestId, route, endpoint, fault);
            if (request.Admission is { } admission && !admission.Share.TrySpend())
            {
                await TellAsync(http, Problem.RateLimited, route, endpoint);
                return;
            }
            if (!request.TryTakeShare())
            {
                await TellAsync(http, Problem.ShareTaken, route, endpoint);
                return;
            }
            await _door.AdmitAsync(request);
            await (request.Endpoint.IsWrite && http.Request.Headers.TryGetValue(RepeatDoor.Header, out var key)
                ? _repeats.RunAsync(request, key) : request.Endpoint.Handler(request));
        }
        catch (Exception e) when (!http.Response.HasStarted || GrpcServer.IsGrpc(http))
        {
            if (ProblemOf(e, http, requestId) is { } problem)
            {
                if (request is not null && RefusalLog.Concerns(problem))
                {
                    await _refusals.TellAsync(request, problem);
                }
                await TellAsync(http, await WithoutHoldersAsync(problem, request), route, endpoint);
            }
        }
        finally
        {
            if (request is not null)
            {
                request.Done();
            }
            else if (isPlaced)
            {
                _places.Leave();
            }
            _drain.Tell(http);
            // Of a call the answer's own status is always 200.
            var status = GrpcServer.IsGrpc(http) ? http.Features.Get<GrpcCall>()!.HttpStatus : http.Response.StatusCode;
            if (!isInner)
            {
                _metrics.Requests.End(endpoint, status, begun);
            }
            if (activity is not null)
            {
                Tracing.End(activity, endpoint?.Pattern ?? "none", status);
            }
        }
    }

    // Who holds what is for who may read that: others are told how many are in conflict.
    private static async ValueTask<Problem> WithoutHoldersAsync(Problem problem, ApiRequest? request) =>
        problem.Holders.Count == 0 || (request is not null && await request.Ports.Rights.MayAsync(request.Tenant, request.Caller, Rights.AssignmentsRead) is { IsOk: true, Value: true })
            ? problem : problem with { Holders = [], Detail = $"{problem.HolderCount} would hold more roles together than a constraint allows" };

    // In the form of the endpoints of the path.
    private static Task TellAsync(HttpContext http, Problem problem, Route route, ApiEndpoint? endpoint) =>
        endpoint?.IsAuthZen ?? route.Methods?.Values.Any(other => other.IsAuthZen) == true ? AuthZenErrors.WriteAsync(http, problem) : ProblemWriter.WriteAsync(http, problem);

    // Before the credential is found good nobody learns what is wrong with a request, nor which endpoints there are.
    private async ValueTask<ApiRequest> AcceptAsync(HttpContext http, string requestId, Route route, ApiEndpoint? endpoint, ProblemException? fault)
    {
        // What answers anybody looks at no credential: it answers while none can be judged, too.
        var admission = endpoint is { IsOpen: true } ? null
            : await _credentials.FindAsync(http.Request.Headers.Authorization) ?? throw new ProblemException(Problem.Unauthenticated());
        if (endpoint is null)
        {
            throw fault ?? new ProblemException(route.Methods is { } methods ? Problem.MethodNotAllowed(methods.Keys) : Problem.NotFound());
        }
        CheckArguments(endpoint, route);
        ApiRequest? request = null;
        return request = new ApiRequest(http, _ports, _tokens, _bodies, _door, endpoint, route, requestId)
        {
            Stream = endpoint.IsOpen ? null : new StreamRules(_streams, () => _drain.HasBegun, () => IsAdmittedAsync(request!)),
            Admission = admission,
            Credentials = _credentials,
            Places = endpoint.IsOpen ? null : _places,
            SlowReaders = endpoint.IsOpen ? null : _slowReaders,
            Metrics = _metrics,
            IsDraining = _drain.HasBegun,
            PublicUrl = _publicUrl,
            // What watches health or reads the description may well add something of its own.
            Query = endpoint.IsAuthZen || endpoint.IsOpen ? Query.Empty : Query.Parse(RequestTarget.Of(http).Query, endpoint.Query),
        };
    }

    // As at the door, on a credential that is judged anew once it is not remembered any more.
    private async ValueTask<bool> IsAdmittedAsync(ApiRequest request)
    {
        try
        {
            if (await _credentials.FindAsync(request.Http.Request.Headers.Authorization) is null)
            {
                return false;
            }
            await _door.AdmitAsync(request);
            return true;
        }
        catch (ProblemException)
        {
            return false;
        }
    }

    private (Route Route, ApiEndpoint? Endpoint, ProblemException? Fault) Find(HttpContext http)
    {
        try
        {
            if (GrpcServer.IsGrpc(http))
            {
                var method = GrpcMethods.Find(http);
                return (method, method.Methods![http.Request.Method], null);
            }
            var route = _router.Find(http, RequestTarget.Of(http));
            var verb = http.Request.Method == HttpMethods.Head ? HttpMethods.Get : http.Request.Method;
            return (route, route.Methods?.GetValueOrDefault(verb), null);
        }
        catch (ProblemException problem)
        {
            return (default, null, problem);
        }
    }

    // A permission has its own grammar and its own limit. A name of the path that may be a value is none where the endpoint has no parameter for it.
    private static void CheckArguments(ApiEndpoint endpoint, Route route)
    {
        for (var i = 0; i < endpoint.Parameters.Count; i++)
        {
            var name = endpoint.Parameters[i];
            var fault = name == "permission" ? null : name == "type" ? Ids.TypeFault(route.Arguments[i]) : Ids.Fault(route.Arguments[i]);
            if (fault is not null)
            {
                throw ProblemException.Invalid(name, fault);
            }
        }
    }

    private Problem? ProblemOf(Exception e, HttpContext http, string requestId)
    {
        switch (e)
        {
            case ProblemException known:
                return known.Problem;
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return Problem.TooLarge(ApiEndpoint.UsualBody);
            case BadHttpRequestException bad:
                return Problem.Malformed(bad.StatusCode, bad.Message);
            case StoreUnavailableException:
                LogUnavailable(e, requestId, TraceId());
                return Problem.Of(new(Domain.Errors.ErrorCode.Unavailable, "storage does not answer"));
            case TimeoutException:
                LogLate(requestId, TraceId());
                return Problem.Late;
            case OperationCanceledException or ConnectionResetException when http.RequestAborted.IsCancellationRequested:
            case OperationCanceledException { InnerException: ConnectionAbortedException }: // cut off here, which the token tells later
                return null;
            default:
                LogUnexpected(e, requestId, TraceId());
                return Problem.Internal();
        }
    }

    private static string TraceId() => Activity.Current?.TraceId.ToHexString() ?? "none";

    [LoggerMessage(Level = LogLevel.Error, Message = "request {RequestId} of trace {TraceId} failed")]
    private partial void LogUnexpected(Exception e, string requestId, string traceId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "request {RequestId} of trace {TraceId} was not answered from within in time")]
    private partial void LogLate(string requestId, string traceId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "request {RequestId} of trace {TraceId} found storage unavailable")]
    private partial void LogUnavailable(Exception e, string requestId, string traceId);
}
