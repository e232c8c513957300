using System.Collections.Immutable;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Tenancy;

/// <summary>The tenant's policies of an import.</summary>
/// <param name="Policies">Those of the tenant after it; those of before where nothing changed.</param>
/// <param name="Audit">What the audit log is to say of it.</param>
internal sealed record ImportPolicies(ImmutableDictionary<string, PolicyDefinition> Policies, ImmutableArray<AuditEntry> Audit)
{
    public static ImportPolicies Read(
        TenantModel model, IReadOnlyList<PolicyDraft> drafts, IReadOnlyList<RoleDefinition> roles, Func<string> newId, DateTimeOffset now, List<FieldError> errors)
    {
        var (entries, audit, seen) = (model.Policies.ToBuilder(), ImmutableArray.CreateBuilder<AuditEntry>(), new HashSet<string>(StringComparer.Ordinal));
        var replaced = roles.ToDictionary(role => role.Id);
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
                entries[policy.Id] = policy;
                audit.Add(PolicyEditor.Tell(old is null ? AuditActions.PolicyCreated : AuditActions.PolicyUpdated, old, policy, null));
            }
        }
        CheckIds(model, entries, replaced, errors);
        return new ImportPolicies(audit.Count == 0 ? model.Policies : entries.ToImmutable(), audit.ToImmutable());
    }

    // Those of roles were held against the model as it was, and not against each other and these.
    private static void CheckIds(
        TenantModel model, ImmutableDictionary<string, PolicyDefinition>.Builder entries, Dictionary<RoleId, RoleDefinition> replaced, List<FieldError> errors)
    {
        if (entries.Count > PolicyRules.MostOfTenant)
        {
            errors.Add(new FieldError("policies", $"a tenant has at most {PolicyRules.MostOfTenant}"));
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var policy in model.Roles.Values.Where(role => !replaced.ContainsKey(role.Id)).Concat(replaced.Values).SelectMany(role => role.Policies))
        {
            if (!seen.Add(policy.Id) || (entries.ContainsKey(policy.Id) && !model.Policies.ContainsKey(policy.Id)))
            {
                errors.Add(new FieldError("policies", $"the id {TextRules.Quote(policy.Id)} is that of two policies"));
            }
        }
    }
}
