using System.Text.Json.Serialization;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Keys;

namespace AuthzCluster.Api.Replies;

/// <summary>An API key as callers read it.</summary>
internal sealed record ApiKeyReply
{
    public required string Id { get; init; }
    /// <summary>The token; only where it was made just now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }
    public required string Name { get; init; }
    public required string Subject { get; init; }
    public required IReadOnlyList<string> Roles { get; init; }
    public required IReadOnlyList<string> Tenants { get; init; }
    public IReadOnlyList<string>? Permissions { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }
    public DateTimeOffset? RotatedAt { get; init; }
    public DateTimeOffset? PreviousValidUntil { get; init; }
    public bool IsActive { get; init; }

    public static ApiKeyReply Of(IssuedKey issued, DateTimeOffset now) => Of(issued.Key, now) with { Key = issued.Token };

    public static ApiKeyReply Of(ApiKey key, DateTimeOffset now) => new()
    {
        Id = key.Id.Value,
        Name = key.Name,
        Subject = key.Subject.ToString(),
        Roles = key.Roles,
        Tenants = [.. key.Tenants.Select(tenant => tenant.Value)],
        Permissions = key.NarrowedTo is { } permissions ? [.. permissions.Select(permission => permission.ToString())] : null,
        CreatedAt = key.CreatedAt,
        CreatedBy = key.CreatedBy,
        ExpiresAt = key.ExpiresAt,
        LastUsedAt = key.LastUsedAt,
        RotatedAt = key.RotatedAt,
        PreviousValidUntil = key.PreviousUntil > now ? key.PreviousUntil : null,
        IsActive = key.IsActiveAt(now),
    };
}
