using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AuthzCluster.Client.Http;

/// <summary>What is sent, as JSON.</summary>
internal static class Bodies
{
    public static byte[] Write<T>(T body, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.SerializeToUtf8Bytes(body, type);
        }
        // The last: a number that is not finite.
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            throw ValidationFailedException.Of("body", $"is not to be written as JSON: {e.Message}");
        }
    }
}
