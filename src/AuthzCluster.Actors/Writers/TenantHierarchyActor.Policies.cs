using AuthzCluster.Actors.Ports;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Actors.Writers;

/// <summary>The tenant's policies. Those attached to a role are edits of that role.</summary>
public partial class TenantHierarchyActor
{
    /// <inheritdoc/>
    public Task<Result<PolicyDefinition>> CreatePolicyAsync(PolicyDraft draft, Caller caller)
    {
        var id = draft.Id ?? Ports.Ids.Next();
        return ChangeAsync(
            (model, now) => PolicyEditor.Create(model, draft, id, now), caller, change => change.Model.Policies[id], Rights.PoliciesCreate, Guard.CheckChange);
    }

    /// <inheritdoc/>
    public Task<Result<PolicyDefinition>> ReplacePolicyAsync(string policy, PolicyDraft draft, long? ifVersion, Caller caller) => ChangeAsync(
        (model, now) => PolicyEditor.Replace(model, policy, draft, ifVersion, now), caller, change => change.Model.Policies[policy], Rights.PoliciesUpdate, Guard.CheckChange);

    /// <inheritdoc/>
    public Task<Result<bool>> DeletePolicyAsync(string policy, long? ifVersion, Caller caller) => ChangeAsync(
        (model, now) => PolicyEditor.Delete(model, policy, ifVersion, now), caller, _ => true, Rights.PoliciesDelete, null);
}
