using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Domain.Decisions;

/// <summary>What grants and policies together come to at one instant.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Granting">The place of the grant that grants; -1: none does.</param>
/// <param name="Permission">What covers; null where nothing does.</param>
/// <param name="Policy">The policy that decided; null: none did.</param>
/// <param name="ChangesAfter">Before this instant no policy's conditions come to anything else that matters, for as long as the grants stay as they are.</param>
internal readonly record struct PolicyVerdict(DecisionReason Reason, int Granting, Permission? Permission, CompiledPolicy? Policy, long ChangesAfter)
{
    /// <summary>Whether the subject may.</summary>
    public bool IsAllowed => Reason is DecisionReason.Granted or DecisionReason.GrantedByPolicy;
}
