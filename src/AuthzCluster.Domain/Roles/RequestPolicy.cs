using System.Collections.Immutable;

namespace AuthzCluster.Domain.Roles;

/// <summary>
/// Who may ask for a role, who approves that, and what a request must say. Principals are <c>TYPE:ID</c>, among them <c>team:ID</c> and
/// <c>role:NAME</c> (or its id): whoever holds that role without conditions, itself or by inheritance. A name that means nobody matches nobody.
/// </summary>
public sealed record RequestPolicy
{
    /// <summary>For whom it may be asked, and who may so for themselves without any right; empty: for anybody, by who holds the right.</summary>
    public ImmutableArray<string> Requesters { get; init; } = [];

    /// <summary>Who may approve and reject, of those who hold the right; empty: all of those.</summary>
    public ImmutableArray<string> Approvers { get; init; } = [];

    /// <summary>How many have to approve; 1 to 10.</summary>
    public int Approvals { get; init; } = 1;

    /// <summary>The longest that may be asked for; null: without end.</summary>
    public TimeSpan? MaxDuration { get; init; }

    /// <summary>Whether a request has to say why.</summary>
    public bool RequireReason { get; init; }

    /// <summary>Whether a request has to name a ticket.</summary>
    public bool RequireTicket { get; init; }

    /// <summary>Equal in content.</summary>
    public bool Equals(RequestPolicy? other) =>
        other is not null && Requesters.SequenceEqual(other.Requesters, StringComparer.Ordinal) && Approvers.SequenceEqual(other.Approvers, StringComparer.Ordinal)
        && Approvals == other.Approvals && MaxDuration == other.MaxDuration && RequireReason == other.RequireReason && RequireTicket == other.RequireTicket;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Approvals, MaxDuration, Requesters.Length, Approvers.Length);
}
