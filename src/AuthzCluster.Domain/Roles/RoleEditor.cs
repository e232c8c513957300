using System.Collections.Immutable;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Roles;

/// <summary>Decides edits of one role. Pure: the model that is given stays as it is.</summary>
public static partial class RoleEditor
{
    /// <summary>
    /// Makes a role. The draft's id wins over <paramref name="newId"/>. One that is to be assigned as it is made is inactive
    /// until <see cref="EndMaking"/>.
    /// </summary>
    public static Result<ModelChange> Create(TenantModel model, RoleDraft draft, RoleId newId, DateTimeOffset now)
    {
        if (draft.Parents.Any(parent => parent.Role == draft.Name || parent.Role == draft.Id) && model.Catalog.Resolve(draft.Name) is null)
        {
            return new AuthzError(ErrorCode.CircularHierarchy, $"{TextRules.Quote(draft.Name)} cannot be its own parent");
        }
        var id = draft.Id is null ? newId : new RoleId(draft.Id);
        var isAssigned = draft.AssignedTo.Count > 0;
        return Read(model, draft, id, null, now).Then(role =>
            Put(model, null, isAssigned ? role with { IsActive = false, IsBeingMade = true } : role, now));
    }

    /// <summary>
    /// Ends the making of a role that has all its first assignments: from now on it is active, or stays inactive as was wished.
    /// One that is not being made (any more) stays as it is.
    /// </summary>
    public static Result<ModelChange> EndMaking(TenantModel model, RoleId id, bool isActive, DateTimeOffset now) => model.Roles.GetValueOrDefault(id) switch
    {
        null or { IsDeleting: true } => NotFound(id.Value),
        { IsBeingMade: false } => ModelChange.None(model),
        { } role when isActive => Save(model, role, role with { IsActive = true, IsBeingMade = false }, now),
        { } role => new ModelChange(model.WithRoles(model.Roles.SetItem(id, role with { IsBeingMade = false }), [id], now), [], [id]),
    };

    /// <summary>Replaces a role; what the draft leaves out takes its default. <paramref name="ifVersion"/>: only that version.</summary>
    public static Result<ModelChange> Replace(TenantModel model, RoleId id, RoleDraft draft, long? ifVersion, DateTimeOffset now) =>
        FindEditable(model, id, ifVersion).Then<ModelChange>(old =>
        {
            if (draft.Id is not null && draft.Id != id.Value)
            {
                return AuthzError.Invalid("id", "an id never changes");
            }
            if (draft.AssignedTo.Count > 0)
            {
                return AuthzError.Invalid("assigned_to", RoleRules.OnlyOfANewRole);
            }
            return Read(model, draft, id, old, now).Then(role => Put(model, old, role, now));
        });

    internal static Result<RoleDefinition> FindEditable(TenantModel model, RoleId id, long? ifVersion) => model.Catalog.Find(id) switch
    {
        null or { IsDeleting: true } => NotFound(id.Value),
        { IsSystem: true } role => new AuthzError(ErrorCode.SystemRoleProtected, $"the built-in role `{role.Name}` cannot be changed"),
        { } role when ifVersion is not null && ifVersion != role.Version =>
            new AuthzError(ErrorCode.PreconditionFailed, $"the role `{role.Name}` has version {role.Version}, not {ifVersion}"),
        { } role => role,
    };

    private static AuthzError NotFound(string role) => new(ErrorCode.RoleNotFound, $"there is no role {TextRules.Quote(role)}");

    private static Result<RoleDefinition> Read(TenantModel model, RoleDraft draft, RoleId id, RoleDefinition? old, DateTimeOffset now)
    {
        var (errors, pool) = (new List<FieldError>(), new PermissionPool());
        RoleRules.Check(draft, "", errors);
        var permissions = pool.Read(draft.Permissions, "permissions", errors);
        RoleRules.CheckCount(permissions, "", errors);
        StrictPermissions.Check(model, draft.Permissions, old?.Permissions ?? [], "permissions", errors);
        var policies = PolicyEditor.ReadOfRole(model, draft.Policies, id, old?.Policies ?? [], "", now, errors);
        var parents = RoleRules.ReadParents(draft, role => model.Catalog.Resolve(role)?.Id, pool, "", errors, model.Custom);
        return errors.Count > 0 ? AuthzError.Invalid(errors) : new RoleDefinition
        {
            Id = id,
            Name = draft.Name,
            DisplayName = draft.DisplayName ?? draft.Name,
            Description = draft.Description,
            Type = draft.Type,
            Permissions = permissions,
            Parents = parents,
            Policies = policies,
            Level = draft.Level ?? HierarchyRules.DefaultLevel(model.Catalog, parents),
            IsActive = draft.IsActive,
            Metadata = draft.Metadata,
        };
    }

    private static Result<ModelChange> Put(TenantModel model, RoleDefinition? old, RoleDefinition role, DateTimeOffset now) =>
        (FindTaken(model.Catalog, old, role) ?? HierarchyRules.Check(model.Catalog, role, old)) is { } refusal
            ? refusal
            : Save(model, old, role, now);

    // Ids and names share one space, so that `{role}` in a path can be either; what is being deleted keeps both.
    private static AuthzError? FindTaken(RoleCatalog catalog, RoleDefinition? old, RoleDefinition role)
    {
        var taken = old is null && (catalog.Find(role.Id) ?? catalog.FindByName(role.Id.Value)) is not null ? role.Id.Value
            : IsOther(catalog.FindByName(role.Name)) || IsOther(catalog.Find(new RoleId(role.Name))) ? role.Name
            : null;
        return taken is null
            ? null
            : new AuthzError(ErrorCode.RoleAlreadyExists, $"a role has the name or id {TextRules.Quote(taken)} already");

        bool IsOther(RoleDefinition? found) => found is not null && found.Id != role.Id;
    }

    /// <summary>Puts an edited role in place of the old one (null: of none), and says so.</summary>
    private static Result<ModelChange> Save(TenantModel model, RoleDefinition? old, RoleDefinition edited, DateTimeOffset now)
    {
        var warnings = new List<string>();
        new PartialPatterns(model.Catalog.Find).Warn(edited, "", warnings);
        if (old is not null && edited.HasSameContent(old))
        {
            return ModelChange.None(model) with { Warnings = [.. warnings] };
        }
        var time = Instants.Cut(now);
        var role = edited with { Version = (old?.Version ?? 0) + 1, CreatedAt = old?.CreatedAt ?? time, UpdatedAt = time };
        return PolicyRules.Bound(model, new ModelChange(model.WithRoles(model.Roles.SetItem(role.Id, role), [role.Id], now), RoleAudit.Saved(old, role), [role.Id])
        {
            Warnings = [.. warnings],
        });
    }
}
