using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Api.Http;

/// <summary>Takes in whole bodies, up to a limit. Small ones go into a rented buffer that its request gives back.</summary>
internal static class BodyReader
{
    private const int LargestRented = ApiEndpoint.UsualBody;

    /// <summary>The body's bytes; a rented array is told to <paramref name="owner"/>, who gives it back.</summary>
    public static ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpContext http, int limit, ApiRequest owner)
    {
        var length = http.Request.ContentLength;
        if (length > limit)
        {
            throw new ProblemException(Problem.TooLarge(limit));
        }
        return length is { } known ? ReadKnownAsync(http, (int)known, owner) : ReadUnknownAsync(http, limit);
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadKnownAsync(HttpContext http, int length, ApiRequest owner)
    {
        if (length == 0)
        {
            return default;
        }
        var reader = http.Request.BodyReader;
        var isRented = length <= LargestRented;
        var bytes = isRented ? ArrayPool<byte>.Shared.Rent(length) : GC.AllocateUninitializedArray<byte>(length);
        if (isRented)
        {
            owner.Keep(bytes);
        }
        var count = 0;
        while (true)
        {
            var result = await reader.ReadAsync();
            result.Buffer.CopyTo(bytes.AsSpan(count, length - count));
            count += (int)result.Buffer.Length;
            reader.AdvanceTo(result.Buffer.End);
            if (count == length || result.IsCompleted)
            {
                return bytes.AsMemory(0, count);
            }
        }
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadUnknownAsync(HttpContext http, int limit)
    {
        var reader = http.Request.BodyReader;
        var bytes = new ArrayBufferWriter<byte>(4096);
        while (true)
        {
            var result = await reader.ReadAsync();
            if (bytes.WrittenCount + result.Buffer.Length > limit)
            {
                reader.AdvanceTo(result.Buffer.End);
                throw new ProblemException(Problem.TooLarge(limit));
            }
            foreach (var part in result.Buffer)
            {
                bytes.Write(part.Span);
            }
            reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return bytes.WrittenMemory;
            }
        }
    }
}
