using System.Collections.Immutable;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Roles;

/// <summary>Edits of one permission or one edge. <c>ifVersion</c>: only at that version of the role.</summary>
public static partial class RoleEditor
{
    /// <summary>Adds one permission; one that is there already changes nothing.</summary>
    public static Result<ModelChange> AddPermission(TenantModel model, RoleId id, string permission, long? ifVersion, DateTimeOffset now) =>
        FindEditable(model, id, ifVersion).Then<ModelChange>(role =>
        {
            if (!Permission.TryParse(permission, out var added, out var problem))
            {
                return AuthzError.Invalid("permission", problem);
            }
            var index = role.Permissions.BinarySearch(added);
            if (index >= 0)
            {
                return ModelChange.None(model);
            }
            if (StrictPermissions.Problem(model, added, role.Permissions) is { } unknown)
            {
                return AuthzError.Invalid("permission", unknown);
            }
            return role.Permissions.Length >= RoleRules.MostPermissions
                ? AuthzError.Invalid("permission", $"a role has at most {RoleRules.MostPermissions} permissions")
                : Save(model, role, role with { Permissions = role.Permissions.Insert(~index, added) }, now);
        });

    /// <summary>Removes one of the role's own permissions; <see cref="ErrorCode.NotFound"/> where it has not.</summary>
    public static Result<ModelChange> RemovePermission(TenantModel model, RoleId id, string permission, long? ifVersion, DateTimeOffset now) =>
        FindEditable(model, id, ifVersion).Then<ModelChange>(role =>
        {
            if (!Permission.TryParse(permission, out var removed, out var problem))
            {
                return AuthzError.Invalid("permission", problem);
            }
            var index = role.Permissions.BinarySearch(removed);
            return index < 0
                ? new AuthzError(ErrorCode.NotFound, $"the role `{role.Name}` has no permission `{removed}` of its own")
                : Save(model, role, role with { Permissions = role.Permissions.RemoveAt(index) }, now);
        });

    /// <summary>Adds or replaces an edge. A missing parent is <see cref="ErrorCode.RoleNotFound"/>.</summary>
    public static Result<ModelChange> PutParent(TenantModel model, RoleId id, ParentDraft parent, long? ifVersion, DateTimeOffset now) =>
        FindEditable(model, id, ifVersion).Then<ModelChange>(old =>
        {
            if (model.Catalog.Resolve(parent.Role) is not { } above)
            {
                return NotFound(parent.Role);
            }
            var errors = new List<FieldError>();
            var edge = RoleRules.ReadEdge(parent, above.Id, new PermissionPool(), "", errors, model.Custom);
            var parents = old.Parents.RemoveAll(other => other.Parent == above.Id).Add(edge)
                .Sort((a, b) => string.CompareOrdinal(a.Parent.Value, b.Parent.Value));
            if (parents.Length > RoleRules.MostParents)
            {
                errors.Add(new FieldError("parents", $"must be at most {RoleRules.MostParents}"));
            }
            if (errors.Count > 0)
            {
                return AuthzError.Invalid(errors);
            }
            var role = old with { Parents = parents };
            return HierarchyRules.Check(model.Catalog, role, old) is { } refusal ? refusal : Save(model, old, role, now);
        });

    /// <summary>Removes an edge; <see cref="ErrorCode.NotFound"/> where there is none.</summary>
    public static Result<ModelChange> RemoveParent(TenantModel model, RoleId id, string parent, long? ifVersion, DateTimeOffset now) =>
        FindEditable(model, id, ifVersion).Then<ModelChange>(role =>
        {
            if (model.Catalog.Resolve(parent) is not { } above)
            {
                return NotFound(parent);
            }
            var parents = role.Parents.RemoveAll(edge => edge.Parent == above.Id);
            return parents.Length == role.Parents.Length
                ? new AuthzError(ErrorCode.NotFound, $"`{above.Name}` is no parent of `{role.Name}`")
                : Save(model, role, role with { Parents = parents }, now);
        });
}
