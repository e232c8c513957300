using System.Globalization;
using System.Net;

namespace AuthzCluster.Domain.Policies.IpRanges;

/// <summary>The addresses of a CIDR, or a single one. Both ends are within.</summary>
internal readonly record struct IpBlock(UInt128 First, UInt128 Last)
{
    /// <summary>Reads <c>10.0.0.0/8</c>, <c>2001:db8::/32</c> or an address.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="block">What it says; of no use where there is a problem.</param>
    /// <returns>What is wrong with it; null: nothing.</returns>
    public static string? Read(string text, out IpBlock block)
    {
        block = default;
        var slash = text.IndexOf('/');
        var written = slash < 0 ? text : text[..slash];
        if (!IpAddressText.TryRead(written, out var address))
        {
            return "must be an address or a CIDR, v4 or v6, such as 10.0.0.0/8 or 2001:db8::/32";
        }
        block = new IpBlock(address, address);
        if (slash < 0)
        {
            return null;
        }
        var isV4 = !written.Contains(':');
        var most = isV4 ? 32 : 128;
        if (ReadLength(text.AsSpan(slash + 1)) is not { } length || length > most)
        {
            return $"must have a number from 0 to {most} after the slash";
        }
        var free = most - length;
        var rest = free == 128 ? UInt128.MaxValue : (UInt128.One << free) - 1;
        block = new IpBlock(address & ~rest, address | rest);
        return block.First == address ? null : $"has bits beyond its first {length}; the network is {Text(block.First, isV4)}/{length}";
    }

    private static int? ReadLength(ReadOnlySpan<char> digits) =>
        digits.Length is 0 or > 3 || (digits.Length > 1 && digits[0] == '0') || digits.ContainsAnyExceptInRange('0', '9')
            ? null
            : int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Text(UInt128 address, bool isV4)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, address);
        return new IPAddress(isV4 ? bytes[(IpAddressText.BitsBeforeV4 / 8)..] : bytes).ToString();
    }
}
