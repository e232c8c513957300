using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Actors.Writers;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>An import of assignments: who validates its rows, and which writer applies them.</summary>
/// <param name="model">The model that the rows are validated against.</param>
/// <param name="caller">Who imports.</param>
/// <param name="now">When.</param>
internal sealed class AssignmentPlan(TenantModel model, Caller caller, DateTimeOffset now)
{
    /// <summary>Validates every row; all that are wrong are named. <paramref name="unknown"/>: users whom the tenant requires to be stored and who are not.</summary>
    public Result<RowPlan<SubjectId, SubjectRow>> Make(IReadOnlyList<AssignmentRow> rows, IReadOnlySet<SubjectId> unknown) =>
        RowPlan<SubjectId, SubjectRow>.Make(rows, (row, i) => Check(row, i, unknown));

    /// <summary>Applies the rows; <paramref name="dryRun"/>: only tells what would come of them.</summary>
    public Task<RowsReport> RunAsync(RowPlan<SubjectId, SubjectRow> plan, IActorDirectory directory, bool dryRun) =>
        plan.RunAsync(async (principal, rows) => principal.IsTeam
            ? await RunTeamAsync(directory.Tenant(model.Id), principal.Id, rows, dryRun)
            : await directory.Subject(model.Id, principal).AssignManyAsync([.. rows.Select(row => row.Item)], dryRun, caller.AsPart(rows[0].Row)));

    private Result<(SubjectId, SubjectRow)> Check(AssignmentRow row, int number, IReadOnlySet<SubjectId> unknown)
    {
        var (role, draft) = row;
        return model.Catalog.Resolve(role) is not { } definition ? AuthzError.Invalid("role", $"no role `{role}`")
            : unknown.Contains(draft.Principal) ? Refusals.UnknownUser("user_id")
            : Try(definition, draft) is { } error ? error
            : (draft.Principal, new SubjectRow(number, definition.Id, draft));
    }

    private async Task<Result<IReadOnlyList<RowReport>>> RunTeamAsync(
        ITenantHierarchyActor tenant, string team, IReadOnlyList<(int Row, SubjectRow Item)> rows, bool dryRun)
    {
        var reports = new List<RowReport>(rows.Count);
        foreach (var (number, row) in rows)
        {
            var reply = await tenant.AssignTeamAsync(team, row.Role, row.Draft, dryRun, caller.AsPart(number));
            reports.Add(new RowReport(number, reply.IsOk ? reply.Value.Status : RowStatus.Failed, reply.Error));
        }
        return reports;
    }

    private AuthzError? Try(RoleDefinition role, AssignmentDraft draft)
    {
        var by = caller.Principal.ToString();
        return draft.Principal.IsTeam
            ? TeamGrantEditor.Assign(model, draft.Principal.Id, role.Id, draft, "trial", by, now).Error
            : Editions.CheckAssign(model.Edition, role) ?? SubjectEditor.Assign(SubjectAssignments.None, draft.Principal, role, draft, "trial", by, now, model.Custom).Error;
    }
}
