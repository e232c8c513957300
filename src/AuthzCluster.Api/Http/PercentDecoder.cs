using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AuthzCluster.Api.Http;

/// <summary>Decodes percent-encoded text once and wholly; what is no valid UTF-8 is refused, not repaired.</summary>
internal static class PercentDecoder
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool TryDecode(ReadOnlySpan<char> raw, bool plusIsSpace, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (raw.IndexOfAny('%', '+') < 0 && Ascii.IsValid(raw))
        {
            text = raw.ToString();
            return true;
        }
        var bytes = new byte[raw.Length];
        var count = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            var c = raw[i];
            if (c > 0x7f)
            {
                return false;
            }
            if (c == '%')
            {
                if (i + 2 >= raw.Length || !char.IsAsciiHexDigit(raw[i + 1]) || !char.IsAsciiHexDigit(raw[i + 2]))
                {
                    return false;
                }
                bytes[count++] = (byte)((HexValue(raw[i + 1]) << 4) | HexValue(raw[i + 2]));
                i += 2;
                continue;
            }
            bytes[count++] = c == '+' && plusIsSpace ? (byte)' ' : (byte)c;
        }
        try
        {
            text = Strict.GetString(bytes, 0, count);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static int HexValue(char c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}
