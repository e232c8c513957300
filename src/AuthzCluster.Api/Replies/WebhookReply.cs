using System.Text.Json.Serialization;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Webhooks;

namespace AuthzCluster.Api.Replies;

/// <summary>A webhook as callers read it.</summary>
internal sealed record WebhookReply
{
    public required string Id { get; init; }
    public required string Url { get; init; }
    /// <summary>Only where it was made just now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Secret { get; init; }
    public required IReadOnlyList<string> Events { get; init; }
    public string? Description { get; init; }
    public bool IsActive { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public long Version { get; init; }
    public DateTimeOffset? PreviousSecretUntil { get; init; }
    public long DeliveredUntil { get; init; }
    public DateTimeOffset? DeliveredAt { get; init; }
    public int Failures { get; init; }
    public DateTimeOffset? NextAttempt { get; init; }
    public string? LastError { get; init; }
    public long DeadLetters { get; init; }

    public static WebhookReply Of(IssuedWebhook issued) => Of(issued.Hook) with { Secret = issued.Secret };

    /// <summary>For who may not change it: where it goes is its scheme and host, since paths and queries of receivers are often secrets.</summary>
    public static WebhookReply Of(Webhook hook, bool showsUrl) => showsUrl ? Of(hook) : Of(hook) with { Url = hook.ToOrigin() };

    public static WebhookReply Of(Webhook hook) => new()
    {
        Id = hook.Id,
        Url = hook.Url,
        Events = hook.Events,
        Description = hook.Description,
        IsActive = hook.IsActive,
        CreatedAt = hook.CreatedAt,
        CreatedBy = hook.CreatedBy,
        UpdatedAt = hook.UpdatedAt,
        Version = hook.Version,
        PreviousSecretUntil = hook.PreviousSecretUntil,
        DeliveredUntil = hook.Cursor,
        DeliveredAt = hook.DeliveredAt,
        Failures = hook.Failures,
        NextAttempt = hook.NextAttempt,
        LastError = hook.LastError,
        DeadLetters = hook.GivenUp,
    };
}
