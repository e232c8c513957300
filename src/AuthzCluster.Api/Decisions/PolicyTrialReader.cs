using System.Text.Json;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Decisions;

/// <summary>Reads <c>{policy, requests: [{..., expected}]}</c>; a request is what an evaluate is asked.</summary>
internal static class PolicyTrialReader
{
    /// <summary>What <c>expected</c> says of any answer that allows, or denies.</summary>
    public const string Allow = "allow", Deny = "deny";

    private const int MostRequests = 100;

    public static TrialRequest Read(ReadOnlySpan<byte> body, TenantId tenant)
    {
        try
        {
            return ReadMembers(body, tenant);
        }
        catch (Exception e) when (StrictJson.IsFault(e))
        {
            throw ProblemException.Invalid([StrictJson.Describe(e, body)]);
        }
    }

    private static TrialRequest ReadMembers(ReadOnlySpan<byte> body, TenantId tenant)
    {
        var reader = QuestionReader.Start(body);
        PolicyDraft? policy = null;
        List<(Question, string?)>? requests = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var (isPolicy, at) = (reader.ValueTextEquals("policy"u8), reader.TokenStartIndex);
            if (!isPolicy && !reader.ValueTextEquals("requests"u8))
            {
                throw new BodyException("unknown member", at);
            }
            if (isPolicy ? policy is not null : requests is not null)
            {
                throw new BodyException("duplicate member", at);
            }
            reader.Read();
            if (isPolicy)
            {
                policy = ReadPolicy(ref reader, body, tenant);
            }
            else
            {
                requests = ReadRequests(ref reader, tenant);
            }
        }
        reader.Read();
        return new TrialRequest(policy ?? throw new BodyException("is missing", 0, "policy"), requests ?? throw new BodyException("is missing", 0, "requests"));
    }

    private static PolicyDraft ReadPolicy(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, TenantId tenant)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        var errors = new List<FieldError>();
        if (StrictJson.TryRead(body[start..(int)reader.BytesConsumed], ApiJson.Default.PolicyBody, out var policy) is { } error)
        {
            throw ProblemException.Invalid([error with { Field = error.Field == StrictJson.Whole ? "policy" : $"policy.{error.Field}" }]);
        }
        var draft = policy!.ToDraft("policy.", tenant, errors);
        return errors.Count == 0 ? draft : throw ProblemException.Invalid(errors);
    }

    private static List<(Question, string?)> ReadRequests(ref Utf8JsonReader reader, TenantId tenant)
    {
        var start = reader.TokenStartIndex;
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new BodyException("must be a list", start);
        }
        var requests = new List<(Question, string?)>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (requests.Count == MostRequests)
            {
                throw new BodyException($"must have at most {MostRequests} items", start);
            }
            string? expected = null;
            var question = QuestionReader.Read(ref reader, tenant, (ref Utf8JsonReader at) => expected = ReadExpected(ref at));
            requests.Add((question, expected));
        }
        return requests;
    }

    private static string? ReadExpected(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }
        var expected = reader.TokenType == JsonTokenType.String ? AttributeReader.Text(ref reader) : "";
        return expected is Allow or Deny || EnumText.TryParse<DecisionReason>(expected, out _) ? expected
            : throw new BodyException("must be `allow`, `deny` or the code of a reason", reader.TokenStartIndex);
    }
}
