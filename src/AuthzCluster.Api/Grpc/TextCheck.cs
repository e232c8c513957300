using System.Buffers;
using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace AuthzCluster.Api.Grpc;

/// <summary>Finds texts that are no UTF-8. The reader puts U+FFFD in their place, so that two different ones would be the same name.</summary>
internal static class TextCheck
{
    private const char Replacement = '\uFFFD';

    private static ReadOnlySpan<byte> Encoded => [0xEF, 0xBF, 0xBD];

    /// <summary>Whether all texts of a message are what its bytes say: where there are more replacements than were sent, they are not.</summary>
    public static bool IsGood(IMessage message, ReadOnlySequence<byte> bytes) => IsAscii(bytes) || Count(message) is var count && (count == 0 || count <= Count(bytes));

    private static bool IsAscii(ReadOnlySequence<byte> bytes)
    {
        foreach (var part in bytes)
        {
            if (part.Span.IndexOfAnyInRange((byte)0x80, (byte)0xFF) >= 0)
            {
                return false;
            }
        }
        return true;
    }

    private static int Count(ReadOnlySequence<byte> bytes) => bytes.ToArray().AsSpan().Count(Encoded);

    private static int Count(IMessage message)
    {
        var count = 0;
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            if (field.FieldType is FieldType.String or FieldType.Message)
            {
                count += Count(field.Accessor.GetValue(message));
            }
        }
        return count;
    }

    private static int Count(object? value) => value switch
    {
        string text => text.AsSpan().Count(Replacement),
        IMessage message => Count(message),
        IDictionary map => map.Keys.Cast<object>().Concat(map.Values.Cast<object>()).Sum(Count),
        IEnumerable list => list.Cast<object>().Sum(Count),
        _ => 0,
    };
}
