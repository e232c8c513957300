using Google.Protobuf;

namespace AuthzCluster.Api.Grpc;

/// <summary>Messages as the bodies and replies of the API, which have the same names. What replies have besides is passed over.</summary>
internal static class JsonMessages
{
    private static readonly JsonFormatter Writer = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));
    private static readonly JsonParser Reader = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    public static string Write(IMessage message) => Writer.Format(message);

    public static T Read<T>(string json) where T : IMessage, new() => Reader.Parse<T>(json);
}
