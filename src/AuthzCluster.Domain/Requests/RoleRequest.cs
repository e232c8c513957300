using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Requests;

/// <summary>Somebody asks for a role. Immutable.</summary>
public sealed record RoleRequest
{
    /// <summary>For whom: a subject or a team.</summary>
    public required SubjectId Principal { get; init; }

    /// <summary>What is asked for, as an assignment: its id is the request's, who gives it who asked, and when, when that was.</summary>
    public required Assignment Wish { get; init; }

    /// <summary>How long it is wanted from its approval (or its start) on; null: until the end of <see cref="Wish"/>, if that has one.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>A ticket elsewhere that says more.</summary>
    public string? Ticket { get; init; }

    /// <summary>Until then (exclusive) it can be decided.</summary>
    public DateTimeOffset OpenUntil { get; init; }

    /// <summary>Where it is.</summary>
    public RequestStatus Status { get; init; }

    /// <summary>Who has approved, in order.</summary>
    public ImmutableArray<RequestApproval> Approvals { get; init; } = [];

    /// <summary>Who ended it, as <c>TYPE:ID</c>; null while it is pending.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Why, in the words of who ended it.</summary>
    public string? Comment { get; init; }

    /// <summary>The id of the assignment that came of it.</summary>
    public string? AssignmentId { get; init; }

    /// <summary>The id, unique in the tenant.</summary>
    public string Id => Wish.Id;

    /// <summary>The role.</summary>
    public RoleId Role => Wish.Role;

    /// <summary>Who asked, as <c>TYPE:ID</c>.</summary>
    public string RequestedBy => Wish.GrantedBy;

    /// <summary>When.</summary>
    public DateTimeOffset RequestedAt => Wish.GrantedAt;

    /// <summary>What is to be given where it is approved by all of <see cref="Approvals"/>, the last at <paramref name="at"/>.</summary>
    public AssignmentDraft ToGrant(DateTimeOffset at) => new(Principal)
    {
        Scope = Wish.Scope,
        Conditions = Wish.Conditions,
        StartsAt = Wish.StartsAt,
        ExpiresAt = Duration is { } length ? (Wish.StartsAt > at ? Wish.StartsAt : at) + length : Wish.ExpiresAt,
        Reason = Wish.Reason,
        Metadata = Wish.Metadata,
        Approval = new AssignmentApproval(Id, RequestedBy, [.. Approvals.Select(approval => approval.By)], at) { Ticket = Ticket },
    };

    /// <summary>Equal in content.</summary>
    public bool Equals(RoleRequest? other) =>
        other is not null && Principal == other.Principal && Wish.Equals(other.Wish) && Duration == other.Duration && Ticket == other.Ticket
        && OpenUntil == other.OpenUntil && Status == other.Status && Approvals.SequenceEqual(other.Approvals) && DecidedBy == other.DecidedBy
        && DecidedAt == other.DecidedAt && Comment == other.Comment && AssignmentId == other.AssignmentId;

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);
}
