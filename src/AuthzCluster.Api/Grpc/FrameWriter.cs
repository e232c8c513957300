using System.Buffers.Binary;
using System.IO.Pipelines;
using Google.Protobuf;

namespace AuthzCluster.Api.Grpc;

/// <summary>Writes messages: a byte that says whether it is compressed, four of its length, and the message.</summary>
internal static class FrameWriter
{
    /// <summary>The bytes before each message.</summary>
    public const int Prefix = 5;

    // Larger ones are not made in one piece of a pipe's memory.
    private const int LargestSpan = 32 * 1024;

    public static void Write(PipeWriter pipe, IMessage message)
    {
        var size = message.CalculateSize();
        var head = pipe.GetSpan(size <= LargestSpan ? Prefix + size : Prefix);
        head[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(head[1..], size);
        if (size <= LargestSpan)
        {
            message.WriteTo(head.Slice(Prefix, size));
            pipe.Advance(Prefix + size);
            return;
        }
        pipe.Advance(Prefix);
        message.WriteTo(pipe);
    }
}
