using System.Collections.Immutable;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;

namespace AuthzCluster.Domain.Tenancy;

/// <summary>The constraints of an import.</summary>
/// <param name="Constraints">Those of the tenant after it; those of before where nothing changed.</param>
/// <param name="Audit">What the audit log is to say of it.</param>
internal sealed record ImportConstraints(ImmutableSortedDictionary<string, SeparationConstraint> Constraints, ImmutableArray<AuditEntry> Audit)
{
    public static ImportConstraints Read(
        TenantModel model, ImportRows roles, IReadOnlyList<ConstraintDraft> drafts, Func<string> newId, DateTimeOffset now, List<FieldError> errors)
    {
        var (entries, audit, seen) = (model.Constraints.ToBuilder(), ImmutableArray.CreateBuilder<AuditEntry>(), new HashSet<string>(StringComparer.Ordinal));
        for (var i = 0; i < drafts.Count; i++)
        {
            var prefix = $"constraints[{i}].";
            if (ConstraintRules.Read(drafts[i], drafts[i].Id ?? newId(), roles.Resolve, prefix, errors) is not { } read)
            {
                continue;
            }
            if (!seen.Add(read.Id))
            {
                errors.Add(new FieldError($"{prefix}id", "occurs twice"));
                continue;
            }
            var old = model.Constraints.GetValueOrDefault(read.Id);
            if (old is null || !old.HasSameContent(read))
            {
                var next = read with { CreatedAt = old?.CreatedAt ?? Instants.Cut(now) };
                entries[next.Id] = next;
                audit.Add(ConstraintEditor.Tell(old, next));
            }
        }
        if (entries.Count > ConstraintRules.MostOfTenant)
        {
            errors.Add(new FieldError("constraints", $"a tenant has at most {ConstraintRules.MostOfTenant}"));
        }
        return new ImportConstraints(audit.Count == 0 ? model.Constraints : entries.ToImmutable(), audit.ToImmutable());
    }
}
