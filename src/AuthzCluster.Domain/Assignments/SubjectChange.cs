using System.Collections.Immutable;
using AuthzCluster.Domain.Governance;

namespace AuthzCluster.Domain.Assignments;

/// <summary>A decided change of what a subject holds, to be committed.</summary>
/// <param name="State">The state as it is to be.</param>
/// <param name="Affected">The assignments that were made, changed or ended, as they are now; of a no-op the one that is there.</param>
/// <param name="Audit">What the audit log is to say of it.</param>
public sealed record SubjectChange(SubjectAssignments State, ImmutableArray<Assignment> Affected, ImmutableArray<AuditEntry> Audit)
{
    /// <summary>Whether everything was so already: <see cref="State"/> is the one that was given, nothing is to be committed.</summary>
    public bool IsNoOp { get; init; }

    /// <summary>Whether an assignment was made rather than changed.</summary>
    public bool IsNew { get; init; }
}
