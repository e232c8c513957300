namespace AuthzCluster.Domain.Webhooks;

/// <summary>A webhook as a caller writes it: of a change, what is null stays. Nothing of it is checked yet.</summary>
public sealed record WebhookDraft
{
    /// <summary>Where events are to be sent.</summary>
    public string? Url { get; init; }

    /// <summary>Which; none: all.</summary>
    public IReadOnlyList<string?>? Events { get; init; }

    /// <summary>For people.</summary>
    public string? Description { get; init; }

    /// <summary>Whether anything is to be sent.</summary>
    public bool? IsActive { get; init; }
}
