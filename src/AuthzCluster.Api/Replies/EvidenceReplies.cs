using AuthzCluster.Actors.Doors;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Governance;

namespace AuthzCluster.Api.Replies;

/// <summary>What became of a verification: how many records are as they were written, one behind the other, and the first that is not.</summary>
internal sealed record VerificationReply(bool Intact, long Records, long LastSequence, string? LastHash, BreakReply? FirstBreak);

/// <summary>The first record that is not as it was written.</summary>
internal sealed record BreakReply(long Sequence, string Reason, string Detail)
{
    public static BreakReply Of(AuditBreak found) => new(found.Sequence, EnumText.Of(found.Fault), found.Detail);
}

/// <summary>How far a log has come; <see cref="Checkpoint"/> is the same, signed.</summary>
internal sealed record CheckpointReply(string TenantId, long Sequence, string Hash, DateTimeOffset Time, string Checkpoint)
{
    public static CheckpointReply Of(AuditCheckpoint checkpoint) =>
        new(checkpoint.Tenant.Value, checkpoint.Sequence, checkpoint.Hash, checkpoint.Time, checkpoint.Signed);
}

/// <summary>A JSON Web Key Set (RFC 7517).</summary>
internal sealed record KeySetReply(IReadOnlyList<KeyReply> Keys);

/// <summary>A public key of it.</summary>
internal sealed record KeyReply(string Kty, string Crv, string X, string Y, string Kid, string Alg, string Use)
{
    public static KeyReply Of(SigningKey key) => new("EC", "P-256", key.X, key.Y, key.Id, "ES256", "sig");
}
