using AuthzCluster.Domain.Webhooks;

namespace AuthzCluster.Api.Replies;

/// <summary>An event that a webhook gave up, as callers read it.</summary>
internal sealed record DeadLetterReply(long Sequence, string EventId, string Type, DateTimeOffset FailedAt, int Attempts, string Error)
{
    public static DeadLetterReply Of(DeadLetter dead) => new(dead.Sequence, dead.EventId, dead.Type, dead.FailedAt, dead.Attempts, dead.Error);
}
