using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Actors.Ports;

/// <summary>Takes note of decisions, for who wants to know later what was answered. Not evidence: what it has no room for it drops, and says how much.</summary>
public interface IDecisionLog
{
    /// <summary>Takes note of one, if its tenant's are logged. Returns at once and never throws; called on any thread.</summary>
    /// <param name="tenant">By which model it was decided.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="decision">What was answered.</param>
    /// <param name="at">The instant that it is about.</param>
    void Note(CompiledTenant tenant, AccessRequest request, in Decision decision, DateTimeOffset at);
}
