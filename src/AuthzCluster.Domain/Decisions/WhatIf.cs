using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Decisions;

/// <summary>The state as it would be with a few changes, of which only what one question and one subject see is made anew. Immutable.</summary>
/// <param name="Tenant">The tenant as it is.</param>
/// <param name="Grants">What the subject holds as it is.</param>
/// <param name="Request">The question; it may differ from the one that was asked.</param>
/// <param name="Policies">The policies about what is asked, switched off ones too, in their order.</param>
internal sealed record WhatIf(CompiledTenant Tenant, SubjectGrants Grants, AccessRequest Request, ImmutableArray<CompiledPolicy> Policies)
{
    /// <summary>The roles that differ.</summary>
    public ImmutableDictionary<RoleId, RoleDefinition> Roles { get; init; } = ImmutableDictionary<RoleId, RoleDefinition>.Empty;

    /// <summary>The one assignment that differs, or that there is besides; null: none.</summary>
    public Assignment? Grant { get; init; }

    /// <summary>The team through which the subject has it; null: the subject's own.</summary>
    public string? Team { get; init; }

    /// <summary>With another definition of a role.</summary>
    public WhatIf With(RoleId id, Func<RoleDefinition, RoleDefinition> change) => this with { Roles = Roles.SetItem(id, change(Roles.GetValueOrDefault(id) ?? Tenant.Find(id)!.Definition)) };

    /// <summary>The ids of the policies that are there no more.</summary>
    public ImmutableHashSet<string> Dropped { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>With another policy in place of that of the same id.</summary>
    public WhatIf With(CompiledPolicy other) => this with { Policies = [.. Policies.Select(one => one.Definition.Id == other.Definition.Id ? other : one)] };

    /// <summary>What decides then.</summary>
    /// <param name="withPolicies">Whether policies have a say; without, it is found out what the grants come to.</param>
    public (CompiledTenant Tenant, SubjectGrants Grants) Compile(bool withPolicies)
    {
        var table = Tenant.Table.With(Roles.Values.SelectMany(role => role.Permissions));
        CompiledPolicy[] policies = withPolicies ? [.. Policies.Where(policy => policy.Definition.IsActive && !Dropped.Contains(policy.Definition.Id))] : [];
        return (
            Tenant.With(Recompile(), table, policies.Length == 0 ? null : PolicyIndexBuilder.Index(policies)),
            Grants.With(Grant is null ? null : new CompiledAssignment(Grant, Team, Tenant.Model.Custom)));

        Dictionary<RoleId, CompiledRole> Recompile()
        {
            var compiled = new Dictionary<RoleId, CompiledRole>();
            if (Roles.Count == 0)
            {
                return compiled;
            }
            var known = new Dictionary<RoleId, bool>();
            var held = Grants.All(Tenant).Select(assignment => assignment.Definition.Role).Concat(Grant is null ? [] : [Grant.Role]).Distinct().Where(Differs).ToList();
            foreach (var (id, _) in known.Where(role => !role.Value && Tenant.Find(role.Key) is not null))
            {
                compiled.Add(id, Tenant.Find(id)!);
            }
            var compiler = new RoleGraphCompiler(id => Roles.GetValueOrDefault(id) ?? Tenant.Find(id)?.Definition, compiled, table, Tenant.Model.Custom);
            foreach (var id in held)
            {
                compiler.Compile(id);
            }
            return compiled;

            // It does where a role above it does. Each is looked at once.
            bool Differs(RoleId id)
            {
                if (known.TryGetValue(id, out var differs))
                {
                    return differs;
                }
                differs = Roles.ContainsKey(id);
                foreach (var edge in Tenant.Find(id)?.Definition.Parents ?? [])
                {
                    differs |= Differs(edge.Parent);
                }
                known.Add(id, differs);
                return differs;
            }
        }
    }
}
