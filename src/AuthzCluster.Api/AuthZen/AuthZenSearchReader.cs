using System.Text.Json;
using AuthzCluster.Api.Json;

namespace AuthzCluster.Api.AuthZen;

/// <summary>Reads the bodies of searches, as <see cref="AuthZenReader"/> does those of evaluations.</summary>
internal static class AuthZenSearchReader
{
    /// <summary>The body of a search.</summary>
    public static AuthZenSearch Read(ReadOnlySpan<byte> body) => AuthZenReader.Read(body, static (ref Utf8JsonReader reader) =>
    {
        var (names, search) = (new MemberNames(), new AuthZenSearch());
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = names.Add(ref reader);
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null || AuthZenReader.TryTake(ref reader, name, search))
            {
                continue;
            }
            if (name == "page")
            {
                ReadPage(ref reader, search);
            }
            else
            {
                LenientJson.Skip(ref reader);
            }
        }
        return search;
    });

    private static void ReadPage(ref Utf8JsonReader reader, AuthZenSearch search)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new BodyException("must be an object", reader.TokenStartIndex);
        }
        var names = new MemberNames();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = names.Add(ref reader);
            reader.Read();
            switch (name)
            {
                case "token" or "limit" when reader.TokenType == JsonTokenType.Null:
                    break;
                case "token":
                    search.Token = reader.TokenType == JsonTokenType.String ? AttributeReader.Text(ref reader) : throw new BodyException("must be a string", reader.TokenStartIndex);
                    break;
                case "limit":
                    search.Limit = reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var limit) && limit >= 1 && decimal.IsInteger(limit)
                        ? (int)Math.Min(limit, int.MaxValue) : throw new BodyException("must be a whole number from 1", reader.TokenStartIndex);
                    break;
                default:
                    LenientJson.Skip(ref reader);
                    break;
            }
        }
    }
}
