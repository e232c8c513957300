using System.Collections.Immutable;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Policies;

/// <summary>Edits of the policies of a role. <c>ifVersion</c>: only at that version of the role, which gets the next one.</summary>
public static partial class PolicyEditor
{
    /// <summary>Makes a policy that applies to holders of a role.</summary>
    public static Result<ModelChange> Attach(TenantModel model, RoleId role, PolicyDraft draft, string newId, long? ifVersion, DateTimeOffset now) =>
        RoleEditor.FindEditable(model, role, ifVersion).Then(holder => Read(model, draft, draft.Id ?? newId).Then<ModelChange>(policy =>
            FindTaken(model, policy.Id) is { } taken ? taken
            : holder.Policies.Length >= PolicyRules.MostOfRole
                ? new AuthzError(ErrorCode.InvalidState, $"the role `{holder.Name}` has {PolicyRules.MostOfRole} policies; more are not possible")
            : Save(model, holder, holder.Policies.Add(Stamp(null, policy, now)), now)));

    /// <summary>Removes a policy of a role; <see cref="ErrorCode.PolicyNotFound"/> where it has not.</summary>
    public static Result<ModelChange> Detach(TenantModel model, RoleId role, string id, long? ifVersion, DateTimeOffset now) =>
        RoleEditor.FindEditable(model, role, ifVersion).Then(holder =>
            holder.Policies.FirstOrDefault(policy => policy.Id == id) is { } found ? Save(model, holder, holder.Policies.Remove(found), now) : NotFound(id));

    /// <summary>Reads the policies of a role's draft, in ordinal order of ids; one that is there and stays as it is keeps its version and times.</summary>
    internal static ImmutableArray<PolicyDefinition> ReadOfRole(
        TenantModel model, IReadOnlyList<PolicyDraft> drafts, RoleId role, ImmutableArray<PolicyDefinition> had, string prefix, DateTimeOffset now, List<FieldError> errors)
    {
        if (drafts.Count > PolicyRules.MostOfRole)
        {
            errors.Add(new FieldError($"{prefix}policies", $"must be at most {PolicyRules.MostOfRole}"));
            return [];
        }
        var policies = new SortedDictionary<string, PolicyDefinition>(StringComparer.Ordinal);
        for (var i = 0; i < drafts.Count; i++)
        {
            var path = $"{prefix}policies[{i}].";
            if (PolicyRules.Read(drafts[i], drafts[i].Id ?? "", path, errors, model.Custom) is not { } policy)
            {
                continue;
            }
            var old = had.FirstOrDefault(one => one.Id == policy.Id);
            if (FindTaken(model, policy.Id, besides: role) is { } taken)
            {
                errors.Add(new FieldError($"{path}id", taken.Detail));
            }
            else if (!policies.TryAdd(policy.Id, old is not null && old.HasSameContent(policy) ? old : Stamp(old, policy, now)))
            {
                errors.Add(new FieldError($"{path}id", "occurs twice"));
            }
        }
        return [.. policies.Values];
    }

    /// <summary>What the audit log is told of a role's policies: those that came, changed and went.</summary>
    internal static IEnumerable<AuditEntry> TellOfRole(RoleDefinition? before, RoleDefinition? after)
    {
        var (had, has) = (before?.Policies ?? [], after?.Policies ?? []);
        foreach (var gone in had.Where(old => has.All(policy => policy.Id != old.Id)))
        {
            yield return Tell(AuditActions.PolicyDeleted, gone, null, before);
        }
        foreach (var policy in has)
        {
            var old = had.FirstOrDefault(one => one.Id == policy.Id);
            if (old is null || !old.Equals(policy))
            {
                yield return Tell(old is null ? AuditActions.PolicyCreated : AuditActions.PolicyUpdated, old, policy, after);
            }
        }
    }

    private static Result<ModelChange> Save(TenantModel model, RoleDefinition old, ImmutableArray<PolicyDefinition> policies, DateTimeOffset now)
    {
        var role = old with
        {
            Policies = policies.Sort((a, b) => string.CompareOrdinal(a.Id, b.Id)),
            Version = old.Version + 1,
            UpdatedAt = Instants.Cut(now),
        };
        return PolicyRules.Bound(model, new ModelChange(model.WithRoles(model.Roles.SetItem(role.Id, role), [role.Id], now), [.. TellOfRole(old, role)], [role.Id]));
    }
}
