using System.Security.Cryptography;
using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Governance;

namespace AuthzCluster.Actors.State;

/// <summary>Walks a chain of audit records in order, hashing each; stops at the first that does not follow.</summary>
internal sealed class ChainWalk : IDisposable
{
    private readonly IncrementalHash _hasher = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _computed = new byte[SHA256.HashSizeInBytes];
    private byte[] _hash;

    /// <summary>A walk that goes on behind a record with this hash.</summary>
    public ChainWalk(long sequence, byte[] hash) => (Sequence, _hash) = (sequence, hash);

    /// <summary>The last record that follows.</summary>
    public long Sequence { get; private set; }

    /// <summary>Behind that record.</summary>
    public AuditMark Mark => new(Sequence) { Hash = Convert.ToHexStringLower(_hash) };

    /// <summary>Walks on over some records; false: the one behind <see cref="Sequence"/> is not among them, or does not follow.</summary>
    public bool Take(IReadOnlyList<StoredLink> links)
    {
        foreach (var link in links)
        {
            if (link.Sequence != Sequence + 1 || !Follows(_hash, link))
            {
                return false;
            }
            (Sequence, _hash) = (link.Sequence, link.Hash);
        }
        return true;
    }

    /// <summary>What is wrong where the walk stopped.</summary>
    /// <param name="rest">Some records from there on, at least one.</param>
    public AuditBreak Explain(IReadOnlyList<StoredLink> rest)
    {
        var (at, bad) = (Sequence + 1, rest[0]);
        if (bad.Sequence != at)
        {
            return new AuditBreak(at, AuditFault.Gap, bad.Sequence == at + 1 ? $"the record {at} is missing" : $"the records {at} to {bad.Sequence - 1} are missing");
        }
        if (rest.Skip(1).FirstOrDefault(later => Follows(_hash, later)) is { } next)
        {
            return new AuditBreak(at, AuditFault.WrongOrder, $"the record {next.Sequence} was written here");
        }
        if (WrittenAs(bad.Payload) is { } written && written != at)
        {
            return new AuditBreak(at, AuditFault.WrongOrder, $"this is the record {written}");
        }
        // The hash over the bytes that are there, which the next record may have been chained to.
        var isNextChainedToBytes = rest.Count > 1 && rest[1].Sequence == at + 1 && Follows(AuditCodec.HashOf(_hash, bad.Payload), rest[1]);
        return isNextChainedToBytes
            ? new AuditBreak(at, AuditFault.WrongHash, $"the hash of the record {at} was changed")
            : new AuditBreak(at, AuditFault.Changed, $"the record {at} was changed");
    }

    /// <inheritdoc/>
    public void Dispose() => _hasher.Dispose();

    private bool Follows(byte[] previous, StoredLink link)
    {
        _hasher.AppendData(previous);
        _hasher.AppendData(link.Payload);
        _hasher.GetHashAndReset(_computed);
        return _computed.AsSpan().SequenceEqual(link.Hash);
    }

    // What is sealed does not say.
    private static long? WrittenAs(byte[] payload) => SealedBytes.IsSealed(payload) ? null : AuditMembers.SequenceOf(payload);
}
