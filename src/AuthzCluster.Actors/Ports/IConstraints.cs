using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Ports;

/// <summary>
/// Separation of duty: of some roles nobody holds more than so many. Errors of all: <see cref="ErrorCode.TenantNotFound"/>,
/// <see cref="ErrorCode.Unavailable"/>. What is acknowledged counts everywhere from then on.
/// </summary>
public interface IConstraints
{
    /// <summary>Lists the constraints by id; those after <paramref name="after"/>.</summary>
    Task<Result<Page<SeparationConstraint>>> ListAsync(TenantId tenant, string? after, int limit);

    /// <summary>A constraint; <see cref="ErrorCode.NotFound"/>.</summary>
    Task<Result<SeparationConstraint>> GetAsync(TenantId tenant, string constraint);

    /// <summary>
    /// Makes a constraint. <see cref="ErrorCode.RoleConflict"/>: somebody holds what it would not allow, and who; <see cref="ErrorCode.InvalidState"/>:
    /// its id is taken, or there are too many.
    /// </summary>
    Task<Result<SeparationConstraint>> CreateAsync(TenantId tenant, ConstraintDraft draft, Caller caller);

    /// <summary>Removes a constraint; <see cref="ErrorCode.NotFound"/>.</summary>
    Task<Result<bool>> DeleteAsync(TenantId tenant, string constraint, Caller caller);
}
