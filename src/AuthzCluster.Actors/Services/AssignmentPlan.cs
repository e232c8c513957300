using AuthzCluster.Actors.Contracts;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Actors.Views;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Services;

/// <summary>
/// An import of assignments, every row of it valid: the rows of a principal in their order, different principals
/// side by side. A row fails alone; repeating the import is safe.
/// </summary>
internal sealed class AssignmentPlan
{
    private const int Concurrency = 64;
    private const int MostErrorsNamed = 1000;

    private readonly TenantId _tenant;
    private readonly Caller _caller;
    private readonly List<(SubjectId Principal, List<SubjectRow> Rows)> _groups;
    private readonly RowReport[] _reports;

    private AssignmentPlan(TenantId tenant, Caller caller, List<(SubjectId, List<SubjectRow>)> groups, int count)
    {
        (_tenant, _caller, _groups) = (tenant, caller, groups);
        _reports = new RowReport[count];
    }

    /// <summary>Validates every row; all that are wrong are named.</summary>
    public static Result<AssignmentPlan> Make(TenantModel model, IReadOnlyList<AssignmentRow> rows, Caller caller, DateTimeOffset now)
    {
        var errors = new List<FieldError>();
        var groups = new Dictionary<SubjectId, List<SubjectRow>>();
        for (var i = 0; i < rows.Count && errors.Count < MostErrorsNamed; i++)
        {
            var (role, draft) = rows[i];
            if (model.Catalog.Resolve(role) is not { } definition)
            {
                errors.Add(new FieldError($"rows[{i}].role", $"no role `{role}`"));
                continue;
            }
            if (Try(model, definition, draft, caller, now) is { } error)
            {
                errors.AddRange(Named(i, error));
                continue;
            }
            if (!groups.TryGetValue(draft.Principal, out var group))
            {
                groups.Add(draft.Principal, group = []);
            }
            group.Add(new SubjectRow(i, definition.Id, draft));
        }
        return errors.Count > 0 ? AuthzError.Invalid(errors) : new AssignmentPlan(model.Id, caller, [.. groups.Select(group => (group.Key, group.Value))], rows.Count);
    }

    /// <summary>Applies the rows; <paramref name="dryRun"/>: only tells what would come of them.</summary>
    public async Task<IReadOnlyList<RowReport>> RunAsync(IActorDirectory directory, bool dryRun)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = Concurrency };
        await Parallel.ForEachAsync(_groups, options, async (group, _) =>
        {
            var (principal, rows) = group;
            if (principal.IsTeam)
            {
                await RunTeamAsync(directory.Tenant(_tenant), principal.Id, rows, dryRun);
                return;
            }
            var done = await directory.Subject(_tenant, principal).AssignManyAsync(rows, dryRun, _caller);
            for (var i = 0; i < rows.Count; i++)
            {
                Set(done.IsOk ? done.Value[i] : new RowReport(rows[i].Row, RowStatus.Failed, done.Error));
            }
        });
        return _reports;
    }

    private async Task RunTeamAsync(ITenantHierarchyActor tenant, string team, List<SubjectRow> rows, bool dryRun)
    {
        foreach (var row in rows)
        {
            var reply = await tenant.AssignTeamAsync(team, row.Role, row.Draft, dryRun, _caller);
            Set(new RowReport(row.Row, reply.IsOk ? reply.Value.Status : RowStatus.Failed, reply.Error));
        }
    }

    private void Set(RowReport report) => _reports[report.Row] = report;

    private static AuthzError? Try(TenantModel model, RoleDefinition role, AssignmentDraft draft, Caller caller, DateTimeOffset now)
    {
        var by = caller.Principal.ToString();
        return draft.Principal.IsTeam
            ? TeamGrantEditor.Assign(model, draft.Principal.Id, role.Id, draft, "trial", by, now).Error
            : SubjectEditor.Assign(SubjectAssignments.None, draft.Principal, role, draft, "trial", by, now).Error;
    }

    private static IEnumerable<FieldError> Named(int row, AuthzError error) => error.Fields.Count == 0
        ? [new FieldError($"rows[{row}]", error.Detail)]
        : error.Fields.Select(field => new FieldError($"rows[{row}].{field.Field}", field.Message));
}
