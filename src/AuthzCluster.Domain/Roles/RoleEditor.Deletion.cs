using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Roles;

/// <summary>The end of a role, in steps, so that no assignment can slip in between.</summary>
public static partial class RoleEditor
{
    /// <summary>
    /// Puts up the tombstone: the role gives nothing, takes no assignment and is hidden, but keeps its id, name and
    /// edges. Nothing is audited yet. Again: no change.
    /// </summary>
    public static Result<ModelChange> BeginDelete(TenantModel model, RoleId id, long? ifVersion, DateTimeOffset now) =>
        model.Roles.GetValueOrDefault(id) is { IsDeleting: true }
            ? ModelChange.None(model)
            : FindEditable(model, id, ifVersion).Map(role => Mark(model, role, true, now));

    /// <summary>Takes the tombstone away: the role is as it was, its version too.</summary>
    public static Result<ModelChange> CancelDelete(TenantModel model, RoleId id, DateTimeOffset now) => model.Roles.GetValueOrDefault(id) switch
    {
        null => NotFound(id.Value),
        { IsDeleting: false } => ModelChange.None(model),
        { } role => Mark(model, role, false, now),
    };

    /// <summary>Removes a role that has its tombstone, every edge to it, its team assignments, and its part in constraints.</summary>
    public static Result<ModelChange> FinishDelete(TenantModel model, RoleId id, DateTimeOffset now)
    {
        if (model.Roles.GetValueOrDefault(id) is not { } role)
        {
            return NotFound(id.Value);
        }
        if (!role.IsDeleting)
        {
            return new AuthzError(ErrorCode.InvalidState, $"the role `{role.Name}` is not being deleted");
        }
        var audit = ImmutableArray.CreateBuilder<AuditEntry>();
        var (teamless, ended) = TeamGrantEditor.Without(model, id, now, audit);
        var (roles, touched) = (model.Roles.ToBuilder(), ImmutableArray.CreateBuilder<RoleId>());
        foreach (var childId in model.Catalog.ChildrenOf(id).OrderBy(child => child.Value, StringComparer.Ordinal))
        {
            var old = model.Roles[childId];
            var child = old with
            {
                Parents = old.Parents.RemoveAll(edge => edge.Parent == id),
                Version = old.Version + 1,
                UpdatedAt = Instants.Cut(now),
            };
            roles[childId] = child;
            touched.Add(childId);
            audit.AddRange(RoleAudit.Saved(old, child));
        }
        roles.Remove(id);
        touched.Add(id);
        audit.AddRange(RoleAudit.Deleted(role));
        var next = (teamless with { Constraints = ConstraintEditor.Without(model, id, audit) }).WithRoles(roles.ToImmutable(), touched, now);
        return new ModelChange(next, audit.ToImmutable(), touched.ToImmutable()) { TeamAssignments = ended };
    }

    private static ModelChange Mark(TenantModel model, RoleDefinition role, bool isDeleting, DateTimeOffset now) =>
        new(model.WithRoles(model.Roles.SetItem(role.Id, role with { IsDeleting = isDeleting }), [role.Id], now), [], [role.Id]);
}
