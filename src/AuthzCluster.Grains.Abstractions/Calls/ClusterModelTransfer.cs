using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Grains.Abstractions.Services;

namespace AuthzCluster.Grains.Abstractions.Calls;

/// <summary>Imports and exports, by way of any silo.</summary>
internal sealed class ClusterModelTransfer(ClusterCaller calls) : IModelTransfer
{
    public Task<Result<TenantModel>> ExportModelAsync(TenantId tenant) =>
        calls.ReadAsync<IModelTransferGrain, TenantModel>(grain => grain.ExportModelAsync(tenant), calls.Options.LongDeadline);

    public Task<Result<ImportReport>> ImportModelAsync(TenantId tenant, ModelImport import, bool dryRun, Caller caller) =>
        calls.WriteAsync<IModelTransferGrain, ImportReport>(tenant, caller, (grain, named) => grain.ImportModelAsync(tenant, import, dryRun, named), calls.Options.LongDeadline);

    public Task<Result<RowsReport>> ImportAssignmentsAsync(TenantId tenant, IReadOnlyList<AssignmentRow> rows, bool dryRun, Caller caller) =>
        calls.WriteAsync<IModelTransferGrain, RowsReport>(tenant, caller, (grain, named) => grain.ImportAssignmentsAsync(tenant, rows, dryRun, named), calls.Options.LongDeadline);
}
