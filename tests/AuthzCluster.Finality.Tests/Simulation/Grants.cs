using System.Buffers.Binary;

namespace AuthzCluster.Finality.Tests.Simulation;

/// <summary>What is stored of a subject: whether it may, and the write that said so.</summary>
/// <param name="Write">The latest write that changed it; 0: none.</param>
/// <param name="IsGranted">Whether it may.</param>
internal sealed record Grants(int Write, bool IsGranted)
{
    public static Grants None { get; } = new(0, false);

    public byte[] Encode()
    {
        var bytes = new byte[5];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Write);
        bytes[4] = IsGranted ? (byte)1 : (byte)0;
        return bytes;
    }

    public static Grants Decode(byte[]? state) => state is null ? None : new(BinaryPrimitives.ReadInt32LittleEndian(state), state[4] == 1);
}
