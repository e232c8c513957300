using System.Security.Cryptography;
using System.Text;

namespace AuthzCluster.Api.Repeats;

/// <summary>
/// Answers as they are kept: a version, how, then the packed answer. One that tells a secret is locked (AES-256-GCM) with a key that is made
/// of the idempotency key and the credential, neither of which is stored: so it is of no use to who has the database, and opens to the same
/// credential only.
/// </summary>
internal sealed class AnswerBox(string id, string key, string credential, byte[] fingerprint)
{
    private const byte Version = 1, Open = 0, Locked = 1;
    private const int Head = 2, NonceLength = 12, TagLength = 16, KeyLength = 32;

    public byte[] Put(WholeReply reply, bool isSecret)
    {
        var packed = reply.Pack();
        if (!isSecret)
        {
            return [Version, Open, .. packed];
        }
        var box = new byte[Head + NonceLength + TagLength + packed.Length];
        (box[0], box[1]) = (Version, Locked);
        var (nonce, tag, content) = Parts(box);
        RandomNumberGenerator.Fill(nonce.Span);
        using var cipher = Cipher();
        cipher.Encrypt(nonce.Span, packed, content.Span, tag.Span, fingerprint);
        return box;
    }

    /// <summary>What is in a box; null: it does not open, because it was locked with another credential or another version made it.</summary>
    public WholeReply? Take(ReadOnlySpan<byte> kept)
    {
        if (kept is [Version, Open, ..])
        {
            return WholeReply.Unpack(kept[Head..]);
        }
        if (kept is not [Version, Locked, ..] || kept.Length < Head + NonceLength + TagLength)
        {
            return null;
        }
        var (nonce, tag, content) = Parts(kept.ToArray());
        var packed = new byte[content.Length];
        try
        {
            using var cipher = Cipher();
            cipher.Decrypt(nonce.Span, content.Span, tag.Span, packed, fingerprint);
            return WholeReply.Unpack(packed);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static (Memory<byte> Nonce, Memory<byte> Tag, Memory<byte> Content) Parts(byte[] box) =>
        (box.AsMemory(Head, NonceLength), box.AsMemory(Head + NonceLength, TagLength), box.AsMemory(Head + NonceLength + TagLength));

    private AesGcm Cipher() => new(HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes($"{key}\n{credential}"), KeyLength, Encoding.UTF8.GetBytes(id), "authz kept answer"u8.ToArray()), TagLength);
}
