using System.Text.Json;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Decisions;

/// <summary>
/// Reads questions off the body, token by token. By hand, for this is the path that is asked tens of thousands of
/// times a second; unknown and repeated members are errors. A null member is an absent one.
/// </summary>
internal static class QuestionReader
{
    private const int LargestBatch = 1000;

    /// <summary>The body of an evaluate.</summary>
    public static Question ReadOne(ReadOnlySpan<byte> body, TenantId tenant)
    {
        try
        {
            var reader = Start(body);
            var question = Read(ref reader, tenant);
            reader.Read();
            return question;
        }
        catch (Exception e) when (StrictJson.IsFault(e))
        {
            throw ProblemException.Invalid([StrictJson.Describe(e, body)]);
        }
    }

    /// <summary>The body of a batch.</summary>
    public static List<Question> ReadBatch(ReadOnlySpan<byte> body, TenantId tenant)
    {
        try
        {
            var reader = Start(body);
            List<Question>? questions = null;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                if (!reader.ValueTextEquals("evaluations"u8))
                {
                    throw new BodyException("unknown member", reader.TokenStartIndex);
                }
                if (questions is not null)
                {
                    throw new BodyException("duplicate member", reader.TokenStartIndex);
                }
                reader.Read();
                questions = ReadItems(ref reader, tenant);
            }
            reader.Read();
            return questions ?? throw new BodyException("is missing", 0, "evaluations");
        }
        catch (Exception e) when (StrictJson.IsFault(e))
        {
            throw ProblemException.Invalid([StrictJson.Describe(e, body)]);
        }
    }

    /// <summary>A reader that stands on the beginning of a body's object.</summary>
    public static Utf8JsonReader Start(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            throw new BodyException("must be a JSON object, but is empty", 0);
        }
        var reader = new Utf8JsonReader(body, StrictJson.ReaderOptions);
        reader.Read();
        return reader.TokenType == JsonTokenType.StartObject ? reader : throw new BodyException("must be a JSON object", 0);
    }

    private static List<Question> ReadItems(ref Utf8JsonReader reader, TenantId tenant)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new BodyException("must be a list", reader.TokenStartIndex);
        }
        var start = reader.TokenStartIndex;
        var items = new List<Question>(100);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (items.Count == LargestBatch)
            {
                throw new BodyException($"must have at most {LargestBatch} items", start);
            }
            items.Add(Read(ref reader, tenant));
        }
        return items;
    }

    /// <summary>Reads a member's value.</summary>
    public delegate void MemberReader(ref Utf8JsonReader reader);

    /// <summary>The question that the reader stands on.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="tenant">The tenant of the request.</param>
    /// <param name="expected">Reads what is expected of the answer; null: there is no such member.</param>
    public static Question Read(ref Utf8JsonReader reader, TenantId tenant, MemberReader? expected = null)
    {
        var draft = new QuestionDraft(reader.TokenStartIndex, tenant);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new BodyException("must be an object", reader.TokenStartIndex);
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.TokenStartIndex;
            var member = expected is not null && reader.ValueTextEquals("expected"u8) ? QuestionMember.Expected : Member(ref reader);
            draft.See(member, name);
            reader.Read();
            if (member == QuestionMember.Expected)
            {
                expected!(ref reader);
                continue;
            }
            if (reader.TokenType != JsonTokenType.Null)
            {
                draft.Take(member, ref reader);
            }
        }
        return draft.Finish();
    }

    private static QuestionMember Member(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("user"u8) ? QuestionMember.User
        : reader.ValueTextEquals("permission"u8) ? QuestionMember.Permission
        : reader.ValueTextEquals("subject"u8) ? QuestionMember.Subject
        : reader.ValueTextEquals("resource"u8) ? QuestionMember.Resource
        : reader.ValueTextEquals("action"u8) ? QuestionMember.Action
        : reader.ValueTextEquals("context"u8) ? QuestionMember.Context
        : reader.ValueTextEquals("scope"u8) ? QuestionMember.Scope
        : reader.ValueTextEquals("at"u8) ? QuestionMember.At
        : reader.ValueTextEquals("explain"u8) ? QuestionMember.Explain
        : reader.ValueTextEquals("tenant_id"u8) ? QuestionMember.TenantId
        : throw new BodyException("unknown member", reader.TokenStartIndex);
}
