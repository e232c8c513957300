using System.Buffers;
using System.Text;
using System.Text.Json;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Api.Decisions;
using AuthzCluster.Domain.Decisions;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace AuthzCluster.Api.Grpc;

/// <summary>Answers as messages. What explains one is written as JSON and read back: it has the same members there.</summary>
internal static class AnswerMessages
{
    private static readonly string[] Reasons = [.. System.Enum.GetValues<DecisionReason>().Select(EnumText.Of)];

    public static V1.EvaluateResponse Of(Answer answer)
    {
        if (!answer.Trace.IsDefault)
        {
            return Explained(answer);
        }
        var decision = answer.Decision;
        var message = new V1.EvaluateResponse
        {
            Decision = decision.IsAllowed,
            Reason = Reasons[(int)decision.Reason],
            ModelRevision = decision.ModelRevision,
            SubjectRevision = decision.SubjectRevision,
        };
        if (decision.MatchedPermission is { } permission)
        {
            message.MatchedPermission = PermissionTexts.TextOf(permission);
        }
        if (decision.MatchedRole is { } role)
        {
            message.MatchedRole = role;
        }
        if (decision.MatchedAssignment is { } assignment)
        {
            message.MatchedAssignment = assignment;
        }
        if (decision.MatchedPolicy is { } policy)
        {
            message.MatchedPolicy = policy;
        }
        if (decision.ValidUntil is { } until)
        {
            message.ValidUntil = Timestamp.FromDateTimeOffset(until);
        }
        return message;
    }

    private static V1.EvaluateResponse Explained(Answer answer)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            DecisionWriter.Write(json, answer);
        }
        return JsonMessages.Read<V1.EvaluateResponse>(Encoding.UTF8.GetString(bytes.WrittenSpan));
    }
}
