using AuthzCluster.Actors.Doors;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>Imports: a model by its one writer, assignments by the writers of the subjects that they are for.</summary>
/// <param name="directory">Where the writers are.</param>
/// <param name="replicas">The node's models.</param>
/// <param name="rights">Judges who may import at all; what an import gives is judged where it is written.</param>
/// <param name="ports">The host's.</param>
public class ModelTransferService(IActorDirectory directory, ITenantReplicas replicas, IHeldRights rights, ActorPorts ports) : IModelTransfer
{
    private const int MostTold = 20;

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
                Result<RowsReport> report = plan.IsOk ? await assignments.RunAsync(plan.Value, directory, dryRun) : plan.Error;
                if (report.IsOk && !dryRun)
                {
                    await TellRefusedAsync(tenant, rows, report.Value, caller);
                }
                return report;
            });
        });

    // The import itself is done, so no door tells of them. What cannot be recorded stays refused all the same.
    private async Task TellRefusedAsync(TenantId tenant, IReadOnlyList<AssignmentRow> rows, RowsReport report, Caller caller)
    {
        var refused = report.Rows.Where(row => row.Error is { } error && RefusedAttempts.Concerns(ErrorTable.Of(error.Code).Code)).ToList();
        if (refused.Count == 0)
        {
            return;
        }
        var told = refused.Take(MostTold).Select(row => AttributeValue.Of(AttributeBag.Of(
            ("row", AttributeValue.Of((decimal)row.Row)), ("role", AttributeValue.Of(rows[row.Row].Role)), ("principal", AttributeValue.Of(rows[row.Row].Draft.Principal.ToString())),
            ("code", AttributeValue.Of(ErrorTable.Of(row.Error!.Code).Code)), ("detail", AttributeValue.Of(row.Error.Detail)))));
        await directory.Audit(tenant).RecordAsync(
            new AuditEntry(AuditActions.AccessRefused, "import", "assignments", null, AttributeBag.Of(
                ("refused", AttributeValue.Of((decimal)refused.Count)), ("rows", AttributeValue.Of([.. told])))), caller);
    }
}
