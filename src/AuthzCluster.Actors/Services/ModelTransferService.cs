using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>Imports: a model by its one writer, assignments by the writers of the subjects that they are for.</summary>
/// <param name="directory">Where the writers are.</param>
/// <param name="replicas">The node's models.</param>
/// <param name="rights">Judges who may import at all; what an import gives is judged where it is written.</param>
/// <param name="ports">The host's.</param>
public class ModelTransferService(IActorDirectory directory, ITenantReplicas replicas, IHeldRights rights, ActorPorts ports) : IModelTransfer
{
    /// <inheritdoc/>
    public Task<Result<TenantModel>> ExportModelAsync(TenantId tenant) =>
        replicas.WithTenantAsync<TenantModel>(tenant, async model => await ValueTask.FromResult(model.Model));

    /// <inheritdoc/>
    public Task<Result<ImportReport>> ImportModelAsync(TenantId tenant, ModelImport import, bool dryRun, Caller caller) =>
        directory.Tenant(tenant).ImportAsync(import, dryRun, caller);

    /// <inheritdoc/>
    public Task<Result<RowsReport>> ImportAssignmentsAsync(TenantId tenant, IReadOnlyList<AssignmentRow> rows, bool dryRun, Caller caller) =>
        replicas.WithTenantAsync<RowsReport>(tenant, async model =>
        {
            var held = await rights.ReadAsync(model, caller);
            if ((held.Error ?? Guard.CheckScope(held.Value!, Rights.ModelImport, AttributeBag.Empty)) is { } refusal)
            {
                return refusal;
            }
            return await ports.RunOnceAsync(caller, dryRun, async step =>
            {
                var assignments = new AssignmentPlan(model.Model, step with { Under = Rights.ModelImport }, ports.Now());
                var plan = assignments.Make(rows, await KnownSubjects.FindUnknownAsync(model.Model, rows.Select(row => row.Draft.Principal), ports));
                return plan.IsOk ? await assignments.RunAsync(plan.Value, directory, dryRun) : plan.Error;
            });
        });
}
