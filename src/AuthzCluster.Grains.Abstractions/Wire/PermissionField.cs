using System.Buffers;
using System.Text;
using AuthzCluster.Domain.Permissions;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.WireProtocol;

namespace AuthzCluster.Grains.Abstractions.Wire;

/// <summary>A permission as one field: a byte for the scope, the length of the resource, the resource, the action.</summary>
internal static class PermissionField
{
    private const int MostLengthBytes = 5;

    private static readonly KeptTexts<Permission> Kept = new(Parse);

    /// <summary>Writes it.</summary>
    public static void WritePermission<TBufferWriter>(this ref Writer<TBufferWriter> writer, uint fieldIdDelta, Permission value)
        where TBufferWriter : IBufferWriter<byte>
    {
        ReferenceCodec.MarkValueField(writer.Session);
        writer.WriteFieldHeaderExpected(fieldIdDelta, WireType.LengthPrefixed);
        var resource = Encoding.UTF8.GetByteCount(value.Resource);
        var action = Encoding.UTF8.GetByteCount(value.Action);
        Span<byte> length = stackalloc byte[MostLengthBytes];
        length = length[..WriteLength(length, (uint)resource)];
        writer.WriteVarUInt32((uint)(1 + length.Length + resource + action));
        writer.WriteByte((byte)value.Scope);
        writer.Write(length);
        StringCodec.WriteRaw(ref writer, value.Resource, resource);
        StringCodec.WriteRaw(ref writer, value.Action, action);
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Permission ReadPermission<TInput>(this ref Reader<TInput> reader, Field field) => reader.ReadKept(field, Kept);

    private static int WriteLength(Span<byte> bytes, uint length)
    {
        var count = 0;
        for (; length >= 0x80; length >>= 7)
        {
            bytes[count++] = (byte)(length | 0x80);
        }
        bytes[count++] = (byte)length;
        return count;
    }

    private static Permission Parse(byte[] bytes)
    {
        var (length, at) = (0UL, 1);
        for (var shift = 0; at < bytes.Length && at <= MostLengthBytes; shift += 7)
        {
            var next = bytes[at++];
            length |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return bytes[0] <= (byte)PermissionScope.Any && length <= (ulong)(bytes.Length - at)
                    ? new Permission(Encoding.UTF8.GetString(bytes, at, (int)length), Encoding.UTF8.GetString(bytes.AsSpan(at + (int)length)), (PermissionScope)bytes[0])
                    : throw new FormatException("a permission cannot be read");
            }
        }
        throw new FormatException("a permission cannot be read");
    }
}
