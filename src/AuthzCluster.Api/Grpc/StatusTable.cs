using System.Globalization;
using System.Text.Json.Nodes;
using AuthzCluster.Api.Http;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Rpc = AuthzCluster.Api.Grpc.Rpc;

namespace AuthzCluster.Api.Grpc;

/// <summary>The status of each refusal, and its details. The one place where they are given.</summary>
internal static class StatusTable
{
    /// <summary>Whose the codes are.</summary>
    public const string Domain = "authz";

    // What clients take of headers is little: 8 KiB of all, often.
    private const int LongestMessage = 1024, LongestDetails = 3 * 1024;

    /// <summary>The status code, the message and the details of a refusal.</summary>
    public static (int Code, string Message, Rpc.Status Details) Of(Problem problem)
    {
        var code = CodeOf(problem.Code);
        var message = problem.Detail.Length <= LongestMessage ? problem.Detail : $"{problem.Detail[..LongestMessage]}...";
        var status = new Rpc.Status { Code = code, Message = message };
        var info = new Rpc.ErrorInfo { Reason = problem.Code, Domain = Domain };
        if (problem.Holders.Count > 0)
        {
            info.Metadata.Add("holders", Holders(problem));
            info.Metadata.Add("holders_total", problem.HolderCount.ToString(CultureInfo.InvariantCulture));
        }
        status.Details.Add(Any.Pack(info));
        if (problem.Errors.Count > 0)
        {
            status.Details.Add(Any.Pack(Fields(problem)));
        }
        if (problem.RetryAfter is { } seconds)
        {
            status.Details.Add(Any.Pack(new Rpc.RetryInfo { RetryDelay = new Duration { Seconds = seconds } }));
        }
        return (code, message, status);
    }

    /// <summary>The status of a code.</summary>
    public static int CodeOf(string code) => code switch
    {
        "validation_failed" or "unsupported_media_type" => 3, // INVALID_ARGUMENT
        "deadline_exceeded" => 4, // DEADLINE_EXCEEDED
        "not_found" or "role_not_found" or "assignment_not_found" or "policy_not_found" or "tenant_not_found" or "request_not_found" => 5, // NOT_FOUND
        "role_already_exists" => 6, // ALREADY_EXISTS
        "forbidden" or "feature_not_available" => 7, // PERMISSION_DENIED
        "payload_too_large" or "rate_limited" => 8, // RESOURCE_EXHAUSTED
        "role_in_use" or "role_conflict" or "circular_hierarchy" or "hierarchy_too_deep" or "level_inconsistent" or "parent_inactive"
            or "system_role_protected" or "invalid_state" or "precondition_failed" => 9, // FAILED_PRECONDITION
        "version_conflict" => 10, // ABORTED
        "unimplemented" or "method_not_allowed" => 12, // UNIMPLEMENTED
        "internal" or "malformed_message" => 13, // INTERNAL
        "unavailable" => 14, // UNAVAILABLE
        "unauthenticated" => 16, // UNAUTHENTICATED
        _ => 2, // UNKNOWN
    };

    // A list as the problem has it, of as many as there is room for.
    private static string Holders(Problem problem)
    {
        var (list, size) = (new JsonArray(), 0);
        foreach (var holder in problem.Holders)
        {
            var one = new JsonObject
            {
                ["principal"] = new JsonObject { ["type"] = holder.Principal.Type, ["id"] = holder.Principal.Id },
                ["constraint"] = holder.Constraint,
                ["roles"] = new JsonArray([.. holder.Roles.Select(role => (JsonNode)role)]),
            };
            size += one.ToJsonString().Length;
            if (size > LongestDetails)
            {
                break;
            }
            list.Add(one);
        }
        return list.ToJsonString();
    }

    private static Rpc.BadRequest Fields(Problem problem)
    {
        var fields = new Rpc.BadRequest();
        var size = 0;
        foreach (var error in problem.Errors)
        {
            var violation = new Rpc.BadRequest.Types.FieldViolation { Field = error.Field, Description = error.Message };
            size += violation.CalculateSize();
            if (size > LongestDetails)
            {
                break;
            }
            fields.FieldViolations.Add(violation);
        }
        return fields;
    }
}
