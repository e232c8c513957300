using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace AuthzCluster.Api.Http;

/// <summary>
/// Takes in whole bodies, up to a limit. A small one goes into a rented buffer; for a large one memory is taken as its
/// bytes come, not as they are announced. Both are given back with the request.
/// </summary>
internal static class BodyReader
{
    private const int LargestSmall = 64 * 1024, FirstUnknown = 4 * 1024, Growth = 4;

    // Whoever holds what others wait for must not dawdle: the largest import comes within 35 minutes.
    private const int LowestRateOfLarge = 32 * 1024;

    /// <summary>The body's bytes; what they take up is told to <paramref name="owner"/>, who gives it back.</summary>
    public static ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpContext http, int limit, ApiRequest owner)
    {
        var length = http.Request.ContentLength;
        return length > limit ? throw new ProblemException(Problem.TooLarge(limit))
            : length <= LargestSmall ? ReadSmallAsync(http, (int)length, owner)
            : ReadLargeAsync(http, (int?)length, limit, owner);
    }

    // A chunk whose length is no number is told so by the framework in an exception that it also throws for lost connections.
    private static async ValueTask<ReadResult> NextAsync(HttpContext http, ApiRequest owner)
    {
        try
        {
            return await ReadAsync(http.Request.BodyReader, owner);
        }
        catch (IOException e) when (e is not (Microsoft.AspNetCore.Http.BadHttpRequestException or ConnectionResetException))
        {
            throw new ProblemException(Problem.Malformed(StatusCodes.Status400BadRequest, "the chunks of the body are malformed"));
        }
    }

    private static ValueTask<ReadResult> ReadAsync(PipeReader reader, ApiRequest owner)
    {
        var read = reader.ReadAsync();
        if (!read.IsCompleted)
        {
            owner.StepAside();
        }
        return read;
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadSmallAsync(HttpContext http, int length, ApiRequest owner)
    {
        if (length == 0)
        {
            return default;
        }
        var reader = http.Request.BodyReader;
        var bytes = ArrayPool<byte>.Shared.Rent(length);
        owner.Keep(bytes);
        var count = 0;
        while (true)
        {
            var result = await ReadAsync(reader, owner);
            result.Buffer.CopyTo(bytes.AsSpan(count, length - count));
            count += (int)result.Buffer.Length;
            reader.AdvanceTo(result.Buffer.End);
            if (count == length || result.IsCompleted)
            {
                return bytes.AsMemory(0, count);
            }
        }
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadLargeAsync(HttpContext http, int? length, int limit, ApiRequest owner)
    {
        Hurry(http);
        var most = length ?? limit;
        var bytes = new byte[length is null ? FirstUnknown : LargestSmall];
        var (reader, count) = (http.Request.BodyReader, 0);
        while (true)
        {
            var result = await NextAsync(http, owner);
            var buffer = result.Buffer;
            try
            {
                if (buffer.Length > most - count)
                {
                    throw new ProblemException(Problem.TooLarge(limit));
                }
                if (buffer.Length > bytes.Length - count)
                {
                    bytes = Grown(bytes, count, count + (int)buffer.Length, most, owner);
                }
                buffer.CopyTo(bytes.AsSpan(count));
                count += (int)buffer.Length;
            }
            finally
            {
                reader.AdvanceTo(buffer.End);
            }
            if (result.IsCompleted)
            {
                return bytes.AsMemory(0, count);
            }
        }
    }

    private static byte[] Grown(byte[] bytes, int count, int needed, int most, ApiRequest owner)
    {
        var size = (int)Math.Min(most, Math.Max(needed, (long)bytes.Length * Growth));
        owner.Hold(size > LargestSmall ? size : 0);
        var grown = GC.AllocateUninitializedArray<byte>(size);
        bytes.AsSpan(0, count).CopyTo(grown);
        return grown;
    }

    private static void Hurry(HttpContext http)
    {
        // A stream of HTTP/2 has its rate from the start.
        if (!HttpProtocol.IsHttp2(http.Request.Protocol) && http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { MinDataRate: { } usual } rate)
        {
            rate.MinDataRate = new MinDataRate(Math.Max(LowestRateOfLarge, usual.BytesPerSecond), usual.GracePeriod);
        }
    }
}
