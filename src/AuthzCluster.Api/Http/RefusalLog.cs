using System.Collections.Concurrent;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Api.Endpoints;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Tenancy;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Http;

/// <summary>
/// Tells the audit log of attempts on what is protected. Each refused write is told; of refused reads and questions, one
/// in 5 seconds of each caller and endpoint, so that a caller in a loop does not fill the log.
/// </summary>
internal sealed class RefusalLog(IAuditTrail audit, TimeProvider clock)
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(SubjectId Caller, TenantId Tenant, ApiEndpoint Endpoint), DateTimeOffset> _told = new();

    /// <summary>Whether a problem is the refusal of an attempt on something protected.</summary>
    public static bool Concerns(Problem problem) => problem.Code is "forbidden" or "system_role_protected";

    /// <summary>Records a refusal. Where it cannot be recorded the refusal stands all the same.</summary>
    public async Task TellAsync(ApiRequest request, Problem problem)
    {
        var tenant = request.DecidedIn;
        if (!IsDue(request, tenant))
        {
            return;
        }
        var entry = Entry(request, problem);
        var recorded = await audit.RecordAsync(tenant, entry, request.Caller);
        if (recorded.Error?.Code != ErrorCode.TenantNotFound)
        {
            return;
        }
        // Nothing protected was attempted, and names of tenants that are not there are without number: as one of them all.
        _told.TryRemove((request.Caller.Principal, tenant, request.Endpoint), out _);
        if (IsFirst(request, TenantId.System))
        {
            await audit.RecordAsync(TenantId.System, entry, request.Caller);
        }
    }

    private static AuditEntry Entry(ApiRequest request, Problem problem)
    {
        var (parameters, (type, id)) = (request.Endpoint.Parameters, TargetOf(request));
        return new AuditEntry(AuditActions.AccessRefused, type, id, null, AttributeBag.Of(
            ("method", AttributeValue.Of(request.Endpoint.Method)),
            ("endpoint", AttributeValue.Of(request.Endpoint.Pattern)),
            ("tenant", AttributeValue.Of(request.Tenant.Value)),
            ("arguments", AttributeValue.Of(AttributeBag.Of(parameters.Select(name => KeyValuePair.Create(name, AttributeValue.Of(request[name])))))),
            ("code", AttributeValue.Of(problem.Code)),
            ("detail", AttributeValue.Of(problem.Detail))));
    }

    // Named as the records of what is done to it name it, so that both are found together.
    private static (string Type, string Id) TargetOf(ApiRequest request) => request.Endpoint.Parameters switch
    {
        [] => ("endpoint", request.Endpoint.Pattern),
        ["type", "id", ..] when request.Endpoint.Pattern.StartsWith(EntityEndpoints.OfType, StringComparison.Ordinal) => ("entity", $"{request["type"]}:{request["id"]}"),
        ["type", "id", ..] => (request["type"], request["id"]),
        ["type"] => ("entity_type", request["type"]),
        ["id", ..] => (request.Endpoint.IsOfSystem ? "tenant" : "assignment", request["id"]),
        [var first, ..] => (first, request[first]),
    };

    private bool IsDue(ApiRequest request, TenantId tenant)
    {
        if (!request.Endpoint.IsQuestion && request.Endpoint.Method != HttpMethods.Get)
        {
            return true;
        }
        return IsFirst(request, tenant);
    }

    private bool IsFirst(ApiRequest request, TenantId tenant)
    {
        var (now, key) = (clock.GetUtcNow(), (request.Caller.Principal, tenant, request.Endpoint));
        if (_told.Count >= MostRemembered)
        {
            _told.Clear();
        }
        // Of several at once one tells.
        return _told.TryGetValue(key, out var last) ? now - last >= Pause && _told.TryUpdate(key, now, last) : _told.TryAdd(key, now);
    }
}
