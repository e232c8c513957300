using System.Buffers;
using System.Text;
using System.Text.Json;
using AuthzCluster.Actors.State;
using AuthzCluster.Api.Grpc;
using AuthzCluster.Api.Grpc.V1;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Testing.Cases;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace AuthzCluster.Http.Tests.Grpc;

/// <summary>The checks of cases as calls.</summary>
internal static class GrpcQuestions
{
    /// <summary>Whether it can be asked: not where it has a number that no double is.</summary>
    public static bool CanSay(CaseCheck check) => new[] { check.SubjectProperties, check.ResourceProperties, check.ActionProperties, check.Context }.All(bag => Structs.Read(Data(bag), "").Equals(bag));

    /// <summary>Asks one: by itself, explained, in a batch and in a stream, which have one answer.</summary>
    public static async Task<CaseOutcome> AskAsync(GrpcClient client, CaseCheck check, Dictionary<string, string> labels)
    {
        var question = Of(check);
        var reply = await client.CallAsync(GrpcClient.Authorization + "Evaluate", question);
        var batch = await client.CallAsync(GrpcClient.Authorization + "EvaluateBatch", new EvaluateBatchRequest { Evaluations = { question, question } });
        var stream = await client.CallAsync(GrpcClient.Authorization + "EvaluateStream", question);
        if (reply.Status != 0)
        {
            Assert.Equal(reply.Code, batch.Code);
            Assert.Equal(reply.Code, stream.Code);
            return new CaseOutcome(reply.Code!);
        }
        var answer = reply.One<EvaluateResponse>();
        var explained = question.Clone();
        explained.Explain = true;
        var told = (await client.CallAsync(GrpcClient.Authorization + "Evaluate", explained)).One<EvaluateResponse>();
        var outcome = Outcome(answer, labels);
        Assert.Equal(outcome, Outcome(told, labels));
        Assert.All(batch.One<EvaluateBatchResponse>().Decisions, one => Assert.Equal(outcome, Outcome(one, labels)));
        Assert.Equal(outcome, Outcome(stream.One<EvaluateResponse>(), labels));
        return outcome;
    }

    /// <summary>The question of a check.</summary>
    public static EvaluateRequest Of(CaseCheck check)
    {
        var resource = new Resource { Properties = Data(check.ResourceProperties) };
        if (check.ResourceType is not null)
        {
            resource.Type = check.ResourceType;
        }
        if (check.ResourceId is not null)
        {
            resource.Id = check.ResourceId;
        }
        return new EvaluateRequest
        {
            Subject = new Subject { Type = check.Subject.Type, Id = check.Subject.Id, Properties = Data(check.SubjectProperties) },
            Permission = check.Permission,
            Resource = resource,
            Action = new AuthzCluster.Api.Grpc.V1.Action { Properties = Data(check.ActionProperties) },
            Context = Data(check.Context),
            At = Timestamp.FromDateTimeOffset(check.At),
        };
    }

    private static CaseOutcome Outcome(EvaluateResponse answer, Dictionary<string, string> labels) => new(answer.Reason)
    {
        Decision = answer.Decision,
        MatchedRole = answer.HasMatchedRole ? answer.MatchedRole : null,
        MatchedPermission = answer.HasMatchedPermission ? answer.MatchedPermission : null,
        MatchedAssignment = answer.HasMatchedAssignment ? labels.GetValueOrDefault(answer.MatchedAssignment, answer.MatchedAssignment) : null,
        MatchedPolicy = answer.HasMatchedPolicy ? answer.MatchedPolicy : null,
        ValidUntil = answer.ValidUntil?.ToDateTimeOffset(),
    };

    private static Struct Data(AttributeBag bag)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            AttributeJson.Write(json, bag);
        }
        return JsonParser.Default.Parse<Struct>(Encoding.UTF8.GetString(bytes.WrittenSpan));
    }
}
