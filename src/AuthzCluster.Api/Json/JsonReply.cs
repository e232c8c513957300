using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using AuthzCluster.Api.Manners;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Json;

/// <summary>
/// Writes JSON answers. Each is made whole in a buffer of the thread before its first byte leaves, so that it has
/// a length, and an error while it is made can still become an error answer.
/// </summary>
internal static class JsonReply
{
    private const int LargestUnflushed = 64 * 1024;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static Output? _mine;

    public static Task WriteAsync<T>(HttpContext http, int status, string contentType, T value, Action<Utf8JsonWriter, T> write)
    {
        var output = _mine ?? new Output();
        _mine = null; // a write that writes an answer itself, or throws, gets another
        output.Json.Reset(output.Buffer);
        write(output.Json, value);
        output.Json.Flush();
        var response = http.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        if (CompressedAnswer.IsWanted(http, output.Buffer.WrittenCount))
        {
            return CompressedAnswer.WriteAsync(http, output.Buffer.WrittenMemory);
        }
        response.ContentLength = output.Buffer.WrittenCount;
        if (output.Buffer.WrittenCount > LargestUnflushed)
        {
            return response.Body.WriteAsync(output.Buffer.WrittenMemory).AsTask();
        }
        response.BodyWriter.Write(output.Buffer.WrittenSpan);
        output.Buffer.ResetWrittenCount();
        _mine = output;
        return Task.CompletedTask;
    }

    private sealed class Output
    {
        public Output() => Json = new Utf8JsonWriter(Buffer, Options);

        public ArrayBufferWriter<byte> Buffer { get; } = new(4096);

        public Utf8JsonWriter Json { get; }
    }
}
