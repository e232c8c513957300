namespace AuthzCluster.Domain.Webhooks;

/// <summary>What came of an attempt to deliver.</summary>
/// <param name="From">The cursor that was gone by: where it is another by now, nothing counts.</param>
/// <param name="To">Up to where all was delivered or passed over.</param>
public sealed record WebhookProgress(long From, long To)
{
    /// <summary>Whether anything was delivered, and not only passed over.</summary>
    public bool HasDelivered { get; init; }

    /// <summary>What failed behind that; null: nothing. Its attempts are counted by the webhook's writer.</summary>
    public DeadLetter? Failed { get; init; }

    /// <summary>After how many attempts an event is given up.</summary>
    public int MostAttempts { get; init; }

    /// <summary>The pause behind the first failure; doubled with each, to <see cref="WebhookEditor.LongestPause"/> at most.</summary>
    public TimeSpan FirstPause { get; init; }
}
