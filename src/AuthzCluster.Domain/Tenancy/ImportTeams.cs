using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;

namespace AuthzCluster.Domain.Tenancy;

/// <summary>The team assignments of an import.</summary>
/// <param name="Grants">The tenant's team assignments after it.</param>
/// <param name="Changed">Those that were made or changed.</param>
/// <param name="Audit">What the audit log is to say of it.</param>
/// <param name="Warnings">What a careful author should know.</param>
internal sealed record ImportTeams(
    ImmutableSortedDictionary<string, ImmutableArray<Assignment>> Grants, ImmutableArray<Assignment> Changed,
    ImmutableArray<AuditEntry> Audit, IReadOnlyList<string> Warnings)
{
    public static ImportTeams Read(
        TenantModel model, ImportRows roles, IReadOnlyList<AssignmentRow> rows, Func<string> newId, string grantedBy, DateTimeOffset now, List<FieldError> errors)
    {
        var (teams, warnings) = (model.TeamGrants.ToBuilder(), new List<string>());
        var (changed, audit) = (ImmutableArray.CreateBuilder<Assignment>(), ImmutableArray.CreateBuilder<AuditEntry>());
        for (var i = 0; i < rows.Count; i++)
        {
            var (row, prefix, before) = (rows[i], $"team_assignments[{i}].", errors.Count);
            if (row.Draft.ExpiresAt <= now)
            {
                // What was exported while it lived may be over by now; the rest of the export is still good.
                warnings.Add($"{prefix}expires_at: is over; left out");
                continue;
            }
            var role = TextRules.IdProblem(row.Role) is null ? roles.Resolve(row.Role) : null;
            if (role is null)
            {
                errors.Add(new FieldError($"{prefix}role", TextRules.IdProblem(row.Role) ?? $"there is no role `{row.Role}`"));
            }
            if (!row.Draft.Principal.IsTeam)
            {
                errors.Add(new FieldError($"{prefix}principal.type", "must be `team`"));
            }
            AssignmentRules.CheckPrincipal(row.Draft.Principal, prefix, errors);
            AssignmentRules.Check(row.Draft, prefix, errors, model.Custom);
            if (role is null || errors.Count > before)
            {
                continue;
            }
            var put = GrantList.Put(
                teams.GetValueOrDefault(row.Draft.Principal.Id, []), [], row.Draft.Principal, role.Value, row.Draft, newId(), grantedBy, now);
            if (!put.IsOk)
            {
                errors.Add(new FieldError($"{prefix}principal", put.Error.Detail));
            }
            else if (put.Value.Audit is { } entry)
            {
                teams[row.Draft.Principal.Id] = put.Value.Live;
                changed.Add(put.Value.Assignment);
                audit.Add(entry);
            }
        }
        return new ImportTeams(teams.ToImmutable(), changed.ToImmutable(), audit.ToImmutable(), warnings);
    }
}
