using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Ports;

/// <summary>
/// Policies of tenants and of their roles. A role is named by its id or its name (the id wins). Errors of all:
/// <see cref="ErrorCode.TenantNotFound"/>, <see cref="ErrorCode.Unavailable"/>. What is acknowledged counts everywhere from then on.
/// </summary>
public interface IPolicies
{
    /// <summary>Lists the policies of the tenant, those of its packs among them and those of roles not, by id; those after <paramref name="after"/>.</summary>
    Task<Result<Page<PolicyDefinition>>> ListAsync(TenantId tenant, string? after, int limit);

    /// <summary>A policy of the tenant or of its packs; <see cref="ErrorCode.PolicyNotFound"/>.</summary>
    Task<Result<PolicyDefinition>> GetAsync(TenantId tenant, string policy);

    /// <summary>Makes a policy of the tenant. <see cref="ErrorCode.InvalidState"/>: its id is taken, or there are too many.</summary>
    Task<Result<PolicyDefinition>> CreateAsync(TenantId tenant, PolicyDraft draft, Caller caller);

    /// <summary>Replaces a policy of the tenant; what the draft leaves out takes its default. One of a pack is <see cref="ErrorCode.InvalidState"/>.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="policy">Its id.</param>
    /// <param name="draft">What it is to be.</param>
    /// <param name="ifVersion">Only that version of it; null: any.</param>
    /// <param name="caller">Who.</param>
    Task<Result<PolicyDefinition>> ReplaceAsync(TenantId tenant, string policy, PolicyDraft draft, long? ifVersion, Caller caller);

    /// <summary>Removes a policy of the tenant. <paramref name="ifVersion"/>: only that version of it.</summary>
    Task<Result<bool>> DeleteAsync(TenantId tenant, string policy, long? ifVersion, Caller caller);

    /// <summary>Makes a policy that applies to holders of a role. <paramref name="ifVersion"/>: only at that version of the role.</summary>
    Task<Result<PolicyDefinition>> AttachAsync(TenantId tenant, string role, PolicyDraft draft, long? ifVersion, Caller caller);

    /// <summary>Removes a policy of a role; <see cref="ErrorCode.PolicyNotFound"/>. <paramref name="ifVersion"/>: only at that version of the role.</summary>
    Task<Result<bool>> DetachAsync(TenantId tenant, string role, string policy, long? ifVersion, Caller caller);

    /// <summary>
    /// Decides questions as if a policy were there, added to those of the tenant or in place of the one with its id, and tells how each came about.
    /// Nothing is saved. An answer that storage kept from being given is <see cref="ErrorCode.Unavailable"/> for all.
    /// </summary>
    Task<Result<IReadOnlyList<Domain.Decisions.Explanation>>> TryAsync(TenantId tenant, PolicyDraft draft, IReadOnlyList<TimedRequest> requests);
}
