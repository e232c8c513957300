using System.Collections.Immutable;

namespace AuthzCluster.Domain.Assignments;

/// <summary>How an assignment came about that was asked for and approved.</summary>
/// <param name="Request">The request's id.</param>
/// <param name="RequestedBy">Who asked, as <c>TYPE:ID</c>.</param>
/// <param name="ApprovedBy">Who approved, as <c>TYPE:ID</c>, in order.</param>
/// <param name="ApprovedAt">When the last of them did.</param>
public sealed record AssignmentApproval(string Request, string RequestedBy, ImmutableArray<string> ApprovedBy, DateTimeOffset ApprovedAt)
{
    /// <summary>The ticket that the request named.</summary>
    public string? Ticket { get; init; }

    /// <summary>Equal in content.</summary>
    public bool Equals(AssignmentApproval? other) =>
        other is not null && Request == other.Request && RequestedBy == other.RequestedBy && ApprovedAt == other.ApprovedAt && Ticket == other.Ticket
        && ApprovedBy.SequenceEqual(other.ApprovedBy, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Request.GetHashCode(StringComparison.Ordinal);
}
