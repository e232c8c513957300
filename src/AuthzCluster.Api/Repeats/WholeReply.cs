using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AuthzCluster.Api.Repeats;

/// <summary>A whole answer: what an endpoint wrote, held back until it is kept, and what is kept of it.</summary>
/// <param name="Status">The status.</param>
/// <param name="Headers">The values of <see cref="Kept"/>, in order; empty: no such header.</param>
/// <param name="Body">The body.</param>
internal sealed record WholeReply(int Status, IReadOnlyList<string> Headers, byte[] Body)
{
    /// <summary>The headers that belong to an answer; all others are of the request in which it is given.</summary>
    private static readonly string[] Kept = ["Content-Type", "Location", "ETag", "Cache-Control"];

    /// <summary>Runs an endpoint and takes what it writes.</summary>
    public static async Task<WholeReply> TakeAsync(HttpContext http, Func<Task> run)
    {
        var usual = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var body = new MemoryStream();
        var held = new StreamResponseBodyFeature(body);
        http.Features.Set<IHttpResponseBodyFeature>(held);
        try
        {
            await run();
            await held.CompleteAsync();
        }
        finally
        {
            http.Features.Set(usual);
        }
        return new WholeReply(http.Response.StatusCode, [.. Kept.Select(name => http.Response.Headers[name].ToString())], body.ToArray());
    }

    /// <summary>Gives it.</summary>
    public async Task SendAsync(HttpContext http)
    {
        var response = http.Response;
        response.StatusCode = Status;
        for (var i = 0; i < Kept.Length; i++)
        {
            response.Headers[Kept[i]] = Headers[i].Length == 0 ? default : (Microsoft.Extensions.Primitives.StringValues)Headers[i];
        }
        if (Body.Length > 0)
        {
            response.ContentLength = Body.Length;
            await response.Body.WriteAsync(Body);
        }
    }

    /// <summary>Its compressed form.</summary>
    public byte[] Pack()
    {
        using var packed = new MemoryStream();
        using (var writer = new BinaryWriter(new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)))
        {
            writer.Write(Status);
            foreach (var value in Headers)
            {
                writer.Write(value);
            }
            writer.Write(Body.Length);
            writer.Write(Body);
        }
        return packed.ToArray();
    }

    /// <summary>Reads the compressed form.</summary>
    public static WholeReply Unpack(ReadOnlySpan<byte> packed)
    {
        using var reader = new BinaryReader(new BrotliStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress));
        var status = reader.ReadInt32();
        string[] headers = [.. Kept.Select(_ => reader.ReadString())];
        return new WholeReply(status, headers, reader.ReadBytes(reader.ReadInt32()));
    }
}
