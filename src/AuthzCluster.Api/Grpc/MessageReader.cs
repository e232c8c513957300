using System.Buffers;
using AuthzCluster.Api.Http;
using Google.Protobuf;

namespace AuthzCluster.Api.Grpc;

/// <summary>
/// Reads messages strictly: a field that is not known here is an error, for what a newer caller says with it (a condition, a scope) must not be silently dropped.
/// </summary>
internal static class MessageReader
{
    private const string Field = "message";

    public static T Read<T>(ReadOnlySequence<byte> bytes) where T : class, IMessage<T>, new()
    {
        try
        {
            var message = Parsers<T>.Dropping.ParseFrom(bytes);
            if (!TextCheck.IsGood(message, bytes))
            {
                throw ProblemException.Invalid(Field, "has a text that is no UTF-8");
            }
            // Where the size is that of the bytes nothing was dropped. It may differ for other reasons: then what would be kept tells.
            return message.CalculateSize() == bytes.Length || message.CalculateSize() == Parsers<T>.Keeping.ParseFrom(bytes).CalculateSize()
                ? message : throw ProblemException.Invalid(Field, "has a field that is not known here");
        }
        catch (InvalidProtocolBufferException e)
        {
            throw ProblemException.Invalid(Field, $"is no {Parsers<T>.Name}: {e.Message}");
        }
    }

    private static class Parsers<T> where T : class, IMessage<T>, new()
    {
        public static readonly MessageParser<T> Keeping = new(() => new T()), Dropping = Keeping.WithDiscardUnknownFields(true);
        public static readonly string Name = new T().Descriptor.FullName;
    }
}
