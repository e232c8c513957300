using System.Net;
using System.Text.RegularExpressions;
using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Specification.Oracles;

/// <summary>The oracle's <c>ip_range</c>, by texts of bits.</summary>
public static partial class OracleAddresses
{
    /// <summary>Null: what was asked about is no address.</summary>
    public static bool? Holds(AttributeBag given, AttributeValue? asked) =>
        asked is not { } value ? false
        : value.Kind != AttributeKind.String || Bits(value.AsString) is not { } bits ? null
        : given.TryGet("ranges", out var ranges) ? ranges.AsList.Any(range => bits.StartsWith(Prefix(range.AsString), StringComparison.Ordinal)) : null;

    /// <summary>The 128 bits of an address, those of the v4-mapped one for v4; null: it is none.</summary>
    public static string? Bits(string text) =>
        (V4().IsMatch(text) || V6().IsMatch(text)) && IPAddress.TryParse(text, out var address)
            ? string.Concat(address.MapToIPv6().GetAddressBytes().Select(one => one.ToString("b8")))
            : null;

    private static string Prefix(string range)
    {
        var parts = range.Split('/');
        var bits = Bits(parts[0])!;
        return parts.Length == 1 ? bits : bits[..((parts[0].Contains(':') ? 0 : 96) + int.Parse(parts[1]))];
    }

    private const string Byte = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

    [GeneratedRegex($"\\A{Byte}(\\.{Byte}){{3}}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex V4();

    [GeneratedRegex($"\\A[0-9A-Fa-f:]*:({Byte}(\\.{Byte}){{3}})?[0-9A-Fa-f:]*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex V6();
}
