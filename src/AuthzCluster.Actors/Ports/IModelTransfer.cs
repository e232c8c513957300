using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Ports;

/// <summary>Moves whole models, and assignments in bulk.</summary>
public interface IModelTransfer
{
    /// <summary>The whole model, as of now. <see cref="ErrorCode.TenantNotFound"/>.</summary>
    Task<Result<TenantModel>> ExportModelAsync(TenantId tenant);

    /// <summary>
    /// Makes or replaces roles (and, where given, team assignments) by name, in one commit: all or nothing,
    /// and a second time changes nothing. <paramref name="dryRun"/>: reports only.
    /// </summary>
    Task<Result<ImportReport>> ImportModelAsync(TenantId tenant, ModelImport import, bool dryRun, Caller caller);

    /// <summary>
    /// Assigns row by row; every row is validated before the first is applied (else
    /// <see cref="ErrorCode.ValidationFailed"/> and nothing is changed). Repeating it is safe.
    /// </summary>
    Task<Result<RowsReport>> ImportAssignmentsAsync(TenantId tenant, IReadOnlyList<AssignmentRow> rows, bool dryRun, Caller caller);
}
