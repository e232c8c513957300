using System.IO.Compression;
using AuthzCluster.Api.Grpc;
using AuthzCluster.Api.Grpc.V1;
using AuthzCluster.Api.Http;
using AuthzCluster.Http.Tests.Grpc;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Http;

namespace AuthzCluster.Server.Tests.Pieces;

/// <summary>What messages of a call take up while they wait to be answered, however small they came.</summary>
public sealed class FrameReaderTests
{
    private const int Limit = 1024 * 1024, Together = 256;
    private static readonly byte[] Small = GrpcClient.Frame(new EvaluateRequest { User = "alice", Permission = "a:b" }), Bomb = Packed(Limit - 1024), HalfSmall = Packed(40 * 1024);

    [Fact]
    public async Task ReadMany_OfSmallOnes_TakesAllThatHaveCome() => Assert.Equal(200, (await ReadAsync(Of(Small, 200), new BodyMemory(0))).Count);

    [Fact]
    public async Task ReadMany_OfWhatUnfolds_TakesNoMoreThanABatchOfBytes()
    {
        var large = await ReadAsync(Of(Bomb, Together), new BodyMemory(64 * Limit));
        var small = await ReadAsync(Of(HalfSmall, Together), new BodyMemory(0));

        Assert.Single(large);
        Assert.InRange(small.Sum(message => message.CalculateSize()), 2 * 40 * 1024, 8 * 64 * 1024);
    }

    [Fact]
    public async Task Read_OfALargeOne_TakesMemoryUntilItIsAnswered()
    {
        var memory = new BodyMemory(20 * Limit);
        using var first = Of(Bomb, 2).Reader(memory);
        using var second = Of(Bomb, 1).Reader(memory);
        var messages = new List<EvaluateRequest>();
        Assert.True(await first.ReadManyAsync(null!, Limit, messages, Together, default));

        var refused = await Assert.ThrowsAsync<ProblemException>(async () => await second.ReadManyAsync<EvaluateRequest>(null!, Limit, [], Together, default));
        Assert.Equal(503, refused.Problem.Status);
        // The one before is answered by then.
        messages.Clear();
        Assert.True(await first.ReadManyAsync(null!, Limit, messages, Together, default));
        Assert.Single(messages);
        messages.Clear();
        Assert.False(await first.ReadManyAsync(null!, Limit, messages, Together, default));
        var held = 0L;
        memory.Take(ref held, 20 * Limit);
    }

    private static async Task<List<EvaluateRequest>> ReadAsync(Body body, BodyMemory memory)
    {
        using var reader = body.Reader(memory);
        var messages = new List<EvaluateRequest>();
        await reader.ReadManyAsync(null!, Limit, messages, Together, default);
        return messages;
    }

    private static byte[] Packed(int length)
    {
        var message = new EvaluateRequest { User = "alice", Permission = "a:b", Context = new Struct { Fields = { ["x"] = Value.ForString(new string('x', length)) } } };
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            message.WriteTo(zip);
        }
        return GrpcClient.Frame(packed.ToArray(), flag: 1);
    }

    private static Body Of(byte[] frame, int times) => new([.. Enumerable.Repeat(frame, times).SelectMany(bytes => bytes)]);

    private sealed record Body(byte[] Bytes)
    {
        public FrameReader Reader(BodyMemory memory) => new(new DefaultHttpContext { Request = { Body = new MemoryStream(Bytes) } }, memory, isGzip: true);
    }
}
