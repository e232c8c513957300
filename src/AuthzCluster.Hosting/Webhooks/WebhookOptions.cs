namespace AuthzCluster.Hosting.Webhooks;

/// <summary>Where webhooks may send, and how. The same on all silos.</summary>
public sealed record WebhookOptions
{
    /// <summary>The only targets, as <see cref="WebhookTarget"/> reads them. Default: none, and all public addresses are allowed by https.</summary>
    public IReadOnlyList<WebhookTarget> Targets { get; init; } = [];

    /// <summary>How long a receiver may take; 10 ms to 1 minute. Default: 10 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After how many attempts an event goes to the dead letters; 1 to 100. Default: 10.</summary>
    public int Attempts { get; init; } = 10;

    /// <summary>The pause behind the first failure, doubled with each, to an hour at most; 10 ms to 1 hour. Default: 5 seconds.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(5);
}
