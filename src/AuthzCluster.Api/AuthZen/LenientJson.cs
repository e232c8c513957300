using System.Text.Json;

namespace AuthzCluster.Api.AuthZen;

/// <summary>Passes over what is not known. It must be JSON all the same, with no member twice in one object.</summary>
internal static class LenientJson
{
    /// <summary>Goes to the end of the value that the reader stands on.</summary>
    public static void Skip(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                Skip(ref reader);
            }
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            var names = new MemberNames();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                names.Add(ref reader);
                reader.Read();
                Skip(ref reader);
            }
        }
    }
}
