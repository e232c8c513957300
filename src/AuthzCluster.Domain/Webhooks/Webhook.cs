using System.Collections.Immutable;
using AuthzCluster.Domain.Governance;

namespace AuthzCluster.Domain.Webhooks;

/// <summary>Where a tenant's events are sent, and how far that is. Nothing in here is secret. Immutable.</summary>
public sealed record Webhook
{
    /// <summary>Unique in the tenant.</summary>
    public required string Id { get; init; }

    /// <summary>Where events are sent, https or http.</summary>
    public required string Url { get; init; }

    /// <summary>Which: patterns as <see cref="EventTypes.Matches"/> takes them; none: all.</summary>
    public ImmutableArray<string> Events { get; init; } = [];

    /// <summary>For people.</summary>
    public string? Description { get; init; }

    /// <summary>Whether anything is sent; switched on again it goes on where it was.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it, as <c>TYPE:ID</c>.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was last changed by a caller.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>1 when made, one more with each change by a caller; deliveries do not count.</summary>
    public long Version { get; init; } = 1;

    /// <summary>The secret before the present one signs until then too; null: it does not.</summary>
    public DateTimeOffset? PreviousSecretUntil { get; init; }

    /// <summary>The sequence up to which all was delivered, passed over or given up.</summary>
    public long Cursor { get; init; }

    /// <summary>How often in a row the next event could not be delivered.</summary>
    public int Failures { get; init; }

    /// <summary>Nothing is sent before then; null: at once.</summary>
    public DateTimeOffset? NextAttempt { get; init; }

    /// <summary>When something was last delivered.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>Why the latest attempt failed; null: it did not.</summary>
    public string? LastError { get; init; }

    /// <summary>How many events were given up in all, those that the list of dead letters does not hold any more among them.</summary>
    public long GivenUp { get; init; }

    /// <summary>Whether it asks for events of a type.</summary>
    public bool Asks(string type) => Events.IsEmpty || Events.Any(pattern => EventTypes.Matches(pattern, type));

    /// <summary>Equal in content.</summary>
    public bool Equals(Webhook? other) =>
        other is not null && Id == other.Id && Url == other.Url && Events.SequenceEqual(other.Events) && Description == other.Description && IsActive == other.IsActive
        && CreatedAt == other.CreatedAt && CreatedBy == other.CreatedBy && UpdatedAt == other.UpdatedAt && Version == other.Version
        && PreviousSecretUntil == other.PreviousSecretUntil && Cursor == other.Cursor && Failures == other.Failures && NextAttempt == other.NextAttempt
        && DeliveredAt == other.DeliveredAt && LastError == other.LastError && GivenUp == other.GivenUp;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Version, Cursor);

    /// <summary>The scheme and host of <see cref="Url"/>: what is no secret of the receiver's.</summary>
    public string ToOrigin() => new Uri(Url).GetLeftPart(UriPartial.Authority);
}
