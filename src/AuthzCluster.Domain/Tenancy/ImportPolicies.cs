using System.Collections.Immutable;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Tenancy;

/// <summary>The tenant's policies of an import.</summary>
/// <param name="Changed">Those that it makes or replaces.</param>
/// <param name="Audit">What the audit log is to say of it.</param>
internal sealed record ImportPolicies(IReadOnlyDictionary<string, PolicyDefinition?> Changed, ImmutableArray<AuditEntry> Audit)
{
    public static ImportPolicies Read(
        TenantModel model, IReadOnlyList<PolicyDraft> drafts, IReadOnlyList<RoleDefinition> roles, Func<string> newId, DateTimeOffset now, List<FieldError> errors)
    {
        var (changed, audit, seen) = (new Dictionary<string, PolicyDefinition?>(StringComparer.Ordinal), ImmutableArray.CreateBuilder<AuditEntry>(), new HashSet<string>(StringComparer.Ordinal));
        // That two rows are of one role is told elsewhere.
        var replaced = roles.DistinctBy(role => role.Id).ToDictionary(role => role.Id);
        for (var i = 0; i < drafts.Count; i++)
        {
            var prefix = $"policies[{i}].";
            if (PolicyRules.Read(drafts[i], drafts[i].Id ?? newId(), prefix, errors, model.Custom) is not { } read)
            {
                continue;
            }
            if (!seen.Add(read.Id))
            {
                errors.Add(new FieldError($"{prefix}id", "occurs twice"));
                continue;
            }
            var old = model.Policies.GetValueOrDefault(read.Id);
            if (old is null && PolicyEditor.FindTaken(model, read.Id) is { } taken)
            {
                errors.Add(new FieldError($"{prefix}id", taken.Detail));
            }
            else if (old is null || !old.HasSameContent(read))
            {
                var policy = PolicyEditor.Stamp(old, read, now);
                changed[policy.Id] = policy;
                audit.Add(PolicyEditor.Tell(old is null ? AuditActions.PolicyCreated : AuditActions.PolicyUpdated, old, policy, null));
            }
        }
        CheckIds(model, changed, replaced, errors);
        return new ImportPolicies(changed, audit.ToImmutable());
    }

    // Those of roles were held against the model as it was, and not against each other and these.
    private static void CheckIds(
        TenantModel model, Dictionary<string, PolicyDefinition?> changed, Dictionary<RoleId, RoleDefinition> replaced, List<FieldError> errors)
    {
        var made = changed.Keys.Count(id => !model.Policies.ContainsKey(id));
        if (made > 0 && model.Policies.Count + made > PolicyRules.MostOfTenant)
        {
            errors.Add(new FieldError("policies", $"a tenant has at most {PolicyRules.MostOfTenant}"));
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var policy in model.Roles.Values.Where(role => !replaced.ContainsKey(role.Id)).Concat(replaced.Values).SelectMany(role => role.Policies))
        {
            if (!seen.Add(policy.Id) || (changed.ContainsKey(policy.Id) && !model.Policies.ContainsKey(policy.Id)))
            {
                errors.Add(new FieldError("policies", $"the id {TextRules.Quote(policy.Id)} is that of two policies"));
            }
        }
    }
}
