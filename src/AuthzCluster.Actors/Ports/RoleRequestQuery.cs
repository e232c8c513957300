using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Requests;

namespace AuthzCluster.Actors.Ports;

/// <summary>Which requests to list, the oldest first.</summary>
/// <param name="After">Where the last page ended; null: from the first.</param>
/// <param name="Limit">1 to 1000.</param>
public sealed record RoleRequestQuery(string? After, int Limit)
{
    /// <summary>Only those; null: all.</summary>
    public RequestStatus? Status { get; init; }

    /// <summary>Only those that this one made or is to get; null: anybody's.</summary>
    public SubjectId? Of { get; init; }
}
