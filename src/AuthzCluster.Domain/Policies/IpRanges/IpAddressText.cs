namespace AuthzCluster.Domain.Policies.IpRanges;

/// <summary>
/// Reads addresses, strictly: four decimal numbers without leading zeros, or what RFC 4291 writes. No short forms, octal numbers, zones, brackets, ports or
/// spaces. Every address is one number of 128 bits; a v4 address is that of its v4-mapped v6 form. Allocates nothing.
/// </summary>
internal static class IpAddressText
{
    /// <summary>The bits before those of a v4 address.</summary>
    public const int BitsBeforeV4 = 96;

    private const int Longest = 45, Groups = 8, MostDigits = 4;
    private static readonly UInt128 Mapped = (UInt128)0xffff << 32;

    /// <summary>Reads one; false where the text is none.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out UInt128 address) => text.Contains(':') ? TryReadV6(text, out address) : TryReadMapped(text, out address);

    private static bool TryReadMapped(ReadOnlySpan<char> text, out UInt128 address)
    {
        var read = TryReadV4(text, out var bits);
        address = Mapped | bits;
        return read;
    }

    private static bool TryReadV4(ReadOnlySpan<char> text, out uint bits)
    {
        bits = 0;
        var at = 0;
        for (var part = 0; part < 4; part++)
        {
            if (part > 0 && (at >= text.Length || text[at++] != '.'))
            {
                return false;
            }
            var (first, number) = (at, 0u);
            while (at < text.Length && at - first < 4 && char.IsAsciiDigit(text[at]))
            {
                number = (number * 10) + text[at++] - '0';
            }
            if (at == first || number > 255 || (at - first > 1 && text[first] == '0'))
            {
                return false;
            }
            bits = (bits << 8) | number;
        }
        return at == text.Length;
    }

    private static bool TryReadV6(ReadOnlySpan<char> text, out UInt128 address)
    {
        address = 0;
        if (text.Length > Longest)
        {
            return false;
        }
        // How many groups were read, and how many before the gap that `::` leaves.
        var (groups, before, at) = (0, -1, 0);
        if (text.StartsWith("::"))
        {
            (before, at) = (0, 2);
        }
        while (at < text.Length)
        {
            if (groups == Groups)
            {
                return false;
            }
            var (first, number) = (at, 0u);
            while (at < text.Length && at - first <= MostDigits && char.IsAsciiHexDigit(text[at]))
            {
                number = (number << 4) | (uint)HexDigit(text[at++]);
            }
            if (at < text.Length && text[at] == '.')
            {
                if (groups > Groups - 2 || !TryReadV4(text[first..], out var bits))
                {
                    return false;
                }
                address = (address << 32) | bits;
                groups += 2;
                break;
            }
            if (at == first || at - first > MostDigits)
            {
                return false;
            }
            address = (address << 16) | number;
            groups++;
            if (at == text.Length)
            {
                break;
            }
            if (text[at++] != ':' || at == text.Length)
            {
                return false;
            }
            if (text[at] == ':')
            {
                if (before >= 0)
                {
                    return false;
                }
                (before, at) = (groups, at + 1);
            }
        }
        if (before < 0)
        {
            return groups == Groups;
        }
        if (groups == Groups)
        {
            return false;
        }
        var after = (groups - before) * 16;
        var tail = address & ((UInt128.One << after) - 1);
        var head = before == 0 ? 0 : address >> after << (128 - (before * 16));
        address = head | tail;
        return true;
    }

    private static int HexDigit(char digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
