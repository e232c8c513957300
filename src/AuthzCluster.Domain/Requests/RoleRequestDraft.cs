using AuthzCluster.Domain.Assignments;

namespace AuthzCluster.Domain.Requests;

/// <summary>A request for a role as a caller writes it; nothing of it is checked yet.</summary>
/// <param name="Role">The role's id or name.</param>
/// <param name="Grant">What is asked for: the assignment as it would be made.</param>
public sealed record RoleRequestDraft(string Role, AssignmentDraft Grant)
{
    /// <summary>How long the role is wanted from its approval (or its start) on; instead of an end.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>A ticket elsewhere that says more.</summary>
    public string? Ticket { get; init; }
}
