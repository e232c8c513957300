using System.Collections.Immutable;

namespace AuthzCluster.Domain.Webhooks;

/// <summary>All that is stored of a webhook.</summary>
/// <param name="Hook">What is told of it.</param>
/// <param name="Secret">What its messages are signed with, as its receiver was told it.</param>
/// <param name="PreviousSecret">The one before, which signs until <see cref="Webhook.PreviousSecretUntil"/> too; null: none.</param>
/// <param name="Dead">The latest events that were given up, the latest first, at most <see cref="MostDead"/>.</param>
public sealed record WebhookState(Webhook Hook, string Secret, string? PreviousSecret, ImmutableArray<DeadLetter> Dead)
{
    /// <summary>How many dead letters are kept. Of older ones the audit log still has the record.</summary>
    public const int MostDead = 100;

    /// <summary>What signs at <paramref name="now"/>, the latest first.</summary>
    public IReadOnlyList<string> SecretsAt(DateTimeOffset now) => PreviousSecret is not null && now < Hook.PreviousSecretUntil ? [Secret, PreviousSecret] : [Secret];
}
