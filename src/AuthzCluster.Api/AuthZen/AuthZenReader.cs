using System.Text.Json;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Api.Decisions;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;

namespace AuthzCluster.Api.AuthZen;

/// <summary>Reads the bodies of evaluations. Members that are not known are passed over at every level; one that comes twice is an error, and null is absent.</summary>
internal static class AuthZenReader
{
    private const int LargestBatch = 1000;

    /// <summary>The body of an evaluation.</summary>
    public static AuthZenItem ReadOne(ReadOnlySpan<byte> body) => Read(body, (ref Utf8JsonReader reader) =>
    {
        var item = new AuthZenItem();
        ReadMembers(ref reader, item, batch: null);
        return item;
    });

    /// <summary>The body of evaluations.</summary>
    public static AuthZenBatch ReadBatch(ReadOnlySpan<byte> body) => Read(body, (ref Utf8JsonReader reader) =>
    {
        var batch = new AuthZenBatch();
        ReadMembers(ref reader, batch, batch);
        return batch;
    });

    /// <summary>Reads what a reader stands on.</summary>
    public delegate T BodyReading<T>(ref Utf8JsonReader reader);

    /// <summary>Reads a whole body, which is one object. Throws 400 where it is none.</summary>
    public static T Read<T>(ReadOnlySpan<byte> body, BodyReading<T> read)
    {
        try
        {
            var reader = QuestionReader.Start(body);
            var value = read(ref reader);
            reader.Read(); // nothing may follow
            return value;
        }
        catch (Exception e) when (StrictJson.IsFault(e))
        {
            throw ProblemException.Invalid([StrictJson.Describe(e, body)]);
        }
    }

    /// <summary>Reads a member that every question may have into it. False: it is another; nothing was read.</summary>
    public static bool TryTake(ref Utf8JsonReader reader, string name, AuthZenItem item)
    {
        switch (name)
        {
            case "subject":
                item.Subject = AuthZenPart.Read(ref reader, name);
                return true;
            case "action":
                item.Action = AuthZenPart.Read(ref reader, name);
                return true;
            case "resource":
                item.Resource = AuthZenPart.Read(ref reader, name);
                return true;
            case "context" when reader.TokenType == JsonTokenType.StartObject:
                item.Context = AttributeReader.ReadBag(ref reader);
                return true;
            case "context":
                item.OwnFault ??= "context must be an object";
                LenientJson.Skip(ref reader);
                return true;
            default:
                return false;
        }
    }

    private static void ReadMembers(ref Utf8JsonReader reader, AuthZenItem item, AuthZenBatch? batch)
    {
        var names = new MemberNames();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = names.Add(ref reader);
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null || TryTake(ref reader, name, item))
            {
                continue;
            }
            if (batch is not null && name == "evaluations")
            {
                batch.Items = ReadItems(ref reader);
            }
            else if (batch is not null && name == "options")
            {
                batch.Semantic = ReadOptions(ref reader);
            }
            else
            {
                LenientJson.Skip(ref reader);
            }
        }
    }

    private static List<AuthZenItem> ReadItems(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new BodyException("must be a list", reader.TokenStartIndex);
        }
        var start = reader.TokenStartIndex;
        var items = new List<AuthZenItem>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (items.Count == LargestBatch)
            {
                throw new BodyException($"must have at most {LargestBatch} items", start);
            }
            var item = new AuthZenItem();
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                ReadMembers(ref reader, item, batch: null);
            }
            else
            {
                item.OwnFault = "an evaluation must be an object";
                LenientJson.Skip(ref reader);
            }
            items.Add(item);
        }
        return items;
    }

    private static BatchSemantic ReadOptions(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new BodyException("must be an object", reader.TokenStartIndex);
        }
        var (names, semantic) = (new MemberNames(), BatchSemantic.ExecuteAll);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = names.Add(ref reader);
            reader.Read();
            if (name != "evaluations_semantic" || reader.TokenType == JsonTokenType.Null)
            {
                LenientJson.Skip(ref reader);
            }
            else if (reader.TokenType != JsonTokenType.String || !EnumText.TryParse(AttributeReader.Text(ref reader), out semantic))
            {
                throw new BodyException("must be `execute_all`, `deny_on_first_deny` or `permit_on_first_permit`", reader.TokenStartIndex);
            }
        }
        return semantic;
    }
}
