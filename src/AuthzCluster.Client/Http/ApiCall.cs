using System.Text.Json.Serialization.Metadata;

namespace AuthzCluster.Client.Http;

/// <summary>One request, as it is sent once or several times.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">Below <c>/api/v1/</c>, encoded, with its query.</param>
internal sealed record ApiCall(HttpMethod Method, string Path)
{
    /// <summary>JSON; null: none.</summary>
    public byte[]? Body { get; private init; }

    /// <summary>Null for what changes nothing.</summary>
    public string? IdempotencyKey { get; private init; }

    /// <summary>The version that is to be changed; null: any.</summary>
    public long? IfVersion { get; init; }

    public static ApiCall Get(string path) => new(HttpMethod.Get, path);

    /// <summary>A question: a POST that changes nothing.</summary>
    public static ApiCall Ask<T>(string path, T body, JsonTypeInfo<T> type) => new ApiCall(HttpMethod.Post, path).With(body, type);

    /// <summary>A write, under the caller's key or a new one.</summary>
    public static ApiCall Write(HttpMethod method, string path, string? key) => new(method, path)
    {
        IdempotencyKey = Texts.IdempotencyKey(key),
    };

    public ApiCall With<T>(T body, JsonTypeInfo<T> type) => this with { Body = Bodies.Write(body, type) };
}
