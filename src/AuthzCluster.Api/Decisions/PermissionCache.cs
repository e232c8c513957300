using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Api.Json;

namespace AuthzCluster.Api.Decisions;

/// <summary>
/// Permissions by the bytes they are asked for with: the same few are asked for again and again. A fixed table, in
/// which a newer text takes the place of an older one; reading and writing it is one reference.
/// </summary>
internal static class PermissionCache
{
    private const int Slots = 4096, LongestCached = 128;
    private static readonly Entry?[] Table = new Entry?[Slots];

    /// <summary>Reads the string that the reader stands on as a permission.</summary>
    public static (Permission Permission, bool HasExplicitScope) Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new BodyException("must be a string", reader.TokenStartIndex);
        }
        if (reader.ValueIsEscaped)
        {
            var entry = Parse(AttributeReader.Text(ref reader), reader.TokenStartIndex, []);
            return (entry.Permission, entry.HasExplicitScope);
        }
        var text = reader.ValueSpan;
        ref var slot = ref Table[SlotOf(text)];
        var cached = Volatile.Read(ref slot);
        if (cached is null || !text.SequenceEqual(cached.Text))
        {
            cached = Parse(AttributeReader.Text(ref reader), reader.TokenStartIndex, text.ToArray());
            Volatile.Write(ref slot, cached);
        }
        return (cached.Permission, cached.HasExplicitScope);
    }

    /// <summary>Reads a text as a permission.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out Permission? permission, out bool hasExplicitScope, [NotNullWhen(false)] out string? fault)
    {
        if (text.Length > LongestCached)
        {
            return Permission.TryParse(text, out permission, out hasExplicitScope, out fault);
        }
        Span<byte> buffer = stackalloc byte[LongestCached * 3];
        var bytes = buffer[..Encoding.UTF8.GetBytes(text, buffer)];
        ref var slot = ref Table[SlotOf(bytes)];
        var cached = Volatile.Read(ref slot);
        if (cached is null || !bytes.SequenceEqual(cached.Text))
        {
            if (!Permission.TryParse(text, out permission, out hasExplicitScope, out fault))
            {
                return false;
            }
            cached = new Entry(bytes.ToArray(), permission, hasExplicitScope);
            Volatile.Write(ref slot, cached);
        }
        (permission, hasExplicitScope, fault) = (cached.Permission, cached.HasExplicitScope, null);
        return true;
    }

    private static Entry Parse(string text, long position, byte[] bytes) =>
        Permission.TryParse(text, out var permission, out var hasExplicitScope, out var fault)
            ? new Entry(bytes, permission, hasExplicitScope)
            : throw new BodyException(fault, position);

    // FNV-1a. Texts that meet in a slot only cost a parse.
    private static int SlotOf(ReadOnlySpan<byte> text)
    {
        var hash = 2166136261u;
        foreach (var b in text)
        {
            hash = (hash ^ b) * 16777619u;
        }
        return (int)((hash ^ (hash >> 15)) & (Slots - 1));
    }

    private sealed record Entry(byte[] Text, Permission Permission, bool HasExplicitScope);
}
