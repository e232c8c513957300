using System.Collections.Immutable;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Governance;

/// <summary>What a constraint may be. Bounds keep a check of them small.</summary>
public static class ConstraintRules
{
    /// <summary>How many constraints a tenant may have, and how many roles one of them.</summary>
    public const int MostOfTenant = 1_000, MostRoles = 100;

    /// <summary>Reads a constraint: what is wrong is added, with its place. Null: something is.</summary>
    internal static SeparationConstraint? Read(ConstraintDraft draft, string id, Func<string, RoleId?> resolve, string prefix, List<FieldError> errors)
    {
        var before = errors.Count;
        Add(TextRules.IdProblem(id), "id");
        Add(TextRules.NameProblem(draft.Name), "name");
        Add(draft.Roles.Count is < 2 or > MostRoles ? $"must be 2 to {MostRoles}" : null, "roles");
        Add(draft.Max is null ? "is missing" : draft.Max < 1 || draft.Max >= draft.Roles.Count ? "must be at least 1 and less than there are roles" : null, "max");
        var roles = new HashSet<RoleId>();
        for (var i = 0; i < draft.Roles.Count && draft.Roles.Count <= MostRoles; i++)
        {
            var problem = TextRules.IdProblem(draft.Roles[i]);
            Add(problem ?? (resolve(draft.Roles[i]) is not { } role ? $"there is no role {TextRules.Quote(draft.Roles[i])}" : roles.Add(role) ? null : "occurs twice"), $"roles[{i}]");
        }
        return errors.Count > before ? null : new SeparationConstraint
        {
            Id = id,
            Name = draft.Name,
            Roles = [.. roles.OrderBy(role => role.Value, StringComparer.Ordinal)],
            Max = draft.Max!.Value,
        };

        void Add(string? problem, string field)
        {
            if (problem is not null)
            {
                errors.Add(new FieldError(prefix + field, problem));
            }
        }
    }
}
