using AuthzCluster.Actors.Doors;
using AuthzCluster.Api.Endpoints;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Governance;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Http;

/// <summary>Says of a refused request what the audit log is to tell.</summary>
internal sealed class RefusalLog(RefusedAttempts attempts)
{
    /// <summary>Whether a problem is the refusal of an attempt on something protected.</summary>
    public static bool Concerns(Problem problem) => RefusedAttempts.Concerns(problem.Code);

    /// <summary>Records a refusal. Where it cannot be recorded the refusal stands all the same.</summary>
    public Task TellAsync(ApiRequest request, Problem problem)
    {
        var endpoint = request.Endpoint;
        var isWrite = !endpoint.IsQuestion && endpoint.Method != HttpMethods.Get;
        return attempts.TellAsync(request.DecidedIn, $"{endpoint.Method} {endpoint.Pattern}", isWrite, request.Admission!.Credential, Entry(request, problem), request.Caller);
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
}
