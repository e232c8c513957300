namespace AuthzCluster.Actors.Storage;

/// <summary>
/// What sealed bytes begin with: a mark that nothing begins with which is stored in clear (codecs begin with a small number, JSON with a brace), then the
/// header of ASP.NET Core Data Protection, which names the key.
/// </summary>
public static class SealedBytes
{
    private const int KeyBytes = 16;

    private static ReadOnlySpan<byte> Mark => [0xF5, 0x01];

    private static ReadOnlySpan<byte> Header => [0x09, 0xF0, 0xC9, 0xF0];

    /// <summary>Whether bytes are sealed, and not stored as they are.</summary>
    public static bool IsSealed(ReadOnlySpan<byte> stored) => stored.StartsWith(Mark) && stored[Mark.Length..].StartsWith(Header);

    /// <summary>The key that sealed bytes are sealed with; null: they are not sealed, or cut off.</summary>
    public static Guid? KeyOf(ReadOnlySpan<byte> stored) =>
        IsSealed(stored) && stored.Length >= Mark.Length + Header.Length + KeyBytes ? new Guid(stored.Slice(Mark.Length + Header.Length, KeyBytes)) : null;

    /// <summary>Puts the mark before what Data Protection made.</summary>
    public static byte[] WithMark(ReadOnlySpan<byte> made) => [.. Mark, .. made];

    /// <summary>What Data Protection made.</summary>
    public static byte[] WithoutMark(ReadOnlySpan<byte> stored) => stored[Mark.Length..].ToArray();
}
