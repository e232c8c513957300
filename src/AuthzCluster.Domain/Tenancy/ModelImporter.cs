using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Tenancy;

/// <summary>Decides the import of a model: an upsert of roles by name, all or nothing. Pure.</summary>
public static class ModelImporter
{
    /// <summary>
    /// Registers the permissions, makes or replaces the roles by name, then the team assignments. Every bad row is named in one
    /// <see cref="ErrorCode.ValidationFailed"/>. A new role keeps the id its draft gives, else gets a new one.
    /// </summary>
    /// <param name="model">The model as it is.</param>
    /// <param name="import">What is to be there.</param>
    /// <param name="newId">Makes an id that nobody has.</param>
    /// <param name="grantedBy">Who gives the team assignments, as <c>TYPE:ID</c>.</param>
    /// <param name="now">When.</param>
    public static Result<ImportedModel> Import(TenantModel model, ModelImport import, Func<string> newId, string grantedBy, DateTimeOffset now)
    {
        var errors = new List<FieldError>();
        var registry = ImportRegistry.Read(model, import.Registered, errors);
        var rows = ImportRows.Read(model, import.Roles, newId, errors);
        var roles = rows.ReadRoles(model with { Registered = registry.Registered }, newId, now, errors);
        var policies = ImportPolicies.Read(model, import.Policies, roles, newId, now, errors);
        ImportHierarchy.Settle(model, rows, roles, errors);
        var teams = ImportTeams.Read(model, rows, import.TeamGrants, newId, grantedBy, now, errors);
        if (errors.Count > 0)
        {
            return AuthzError.Invalid(errors);
        }
        var imported = Decide(model, registry, rows, roles, policies, teams, now);
        return PolicyRules.Bound(model, imported.Change).Map(_ => imported);
    }

    private static ImportedModel Decide(
        TenantModel model, ImportRegistry registry, ImportRows rows, RoleDefinition[] roles, ImportPolicies policies, ImportTeams teams, DateTimeOffset now)
    {
        var (result, time) = (model.Roles.ToBuilder(), Instants.Cut(now));
        var (touched, audit, warnings) = (ImmutableArray.CreateBuilder<RoleId>(), ImmutableArray.CreateBuilder<AuditEntry>(), rows.Warnings);
        var created = 0;
        foreach (var candidate in roles)
        {
            var old = model.Roles.GetValueOrDefault(candidate.Id);
            if (old is not null && candidate.HasSameContent(old))
            {
                continue;
            }
            var role = candidate with { Version = (old?.Version ?? 0) + 1, CreatedAt = old?.CreatedAt ?? time, UpdatedAt = time };
            result[role.Id] = role;
            touched.Add(role.Id);
            created += old is null ? 1 : 0;
            audit.AddRange(old is null ? RoleAudit.Imported(role) : RoleAudit.Saved(old, role));
        }
        var patterns = new PartialPatterns(id => result.GetValueOrDefault(id) ?? model.Catalog.Find(id));
        for (var i = 0; i < roles.Length; i++)
        {
            patterns.Warn(roles[i], $"roles[{i}].", warnings);
        }
        var change = touched.Count == 0 && teams.Changed.IsEmpty && registry.Audit.IsEmpty && policies.Changed.Count == 0
            ? ModelChange.None(model)
            : new ModelChange(model.WithRoles(result.ToImmutable(), touched, now)
                .WithPolicies(policies.Changed) with { TeamGrants = teams.Grants, Registered = registry.Registered }, [], touched.ToImmutable())
            {
                TeamAssignments = teams.Changed,
            };
        var (updated, unchanged) = (touched.Count - created, roles.Length - touched.Count);
        audit.AddRange(registry.Audit);
        audit.AddRange(policies.Audit);
        audit.AddRange(teams.Audit);
        var imported = new ImportedModel(change, created, updated, unchanged)
        {
            // Each of them has its own record, those of roles too.
            PoliciesCreated = audit.Count(entry => entry.Action == AuditActions.PolicyCreated),
            PoliciesUpdated = audit.Count(entry => entry.Action == AuditActions.PolicyUpdated),
            PoliciesRemoved = audit.Count(entry => entry.Action == AuditActions.PolicyDeleted),
        };
        if (!change.IsNoOp)
        {
            audit.Add(Tell(model.Id, imported, teams.Changed, registry.Audit.Length));
        }
        return imported with { Change = change with { Audit = audit.ToImmutable(), Warnings = [.. registry.Warnings, .. warnings, .. teams.Warnings] } };
    }

    private static AuditEntry Tell(TenantId tenant, ImportedModel imported, ImmutableArray<Assignment> teams, int registered) =>
        new(AuditActions.ModelImported, "tenant", tenant.Value, null, AttributeBag.Of(
            ("roles_created", AttributeValue.Of((decimal)imported.Created)),
            ("roles_updated", AttributeValue.Of((decimal)imported.Updated)),
            ("roles_unchanged", AttributeValue.Of((decimal)imported.Unchanged)),
            ("policies_created", AttributeValue.Of((decimal)imported.PoliciesCreated)),
            ("policies_updated", AttributeValue.Of((decimal)imported.PoliciesUpdated)),
            ("policies_removed", AttributeValue.Of((decimal)imported.PoliciesRemoved)),
            ("team_assignments_changed", AttributeValue.Of((decimal)teams.Length)),
            ("permissions_registered", AttributeValue.Of((decimal)registered))));
}
