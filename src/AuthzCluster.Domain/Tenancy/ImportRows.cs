using System.Collections.Immutable;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Tenancy;

/// <summary>The role rows of an import: which role each is, and what ids and names mean among them.</summary>
internal sealed class ImportRows
{
    private readonly RoleCatalog _catalog;
    private readonly IReadOnlyList<RoleDraft> _drafts;
    private readonly RoleId[] _ids;
    private readonly Dictionary<RoleId, int> _byId;
    private readonly Dictionary<string, int> _byName;
    private readonly Dictionary<string, RoleId> _aliases = new(StringComparer.Ordinal);

    private ImportRows(RoleCatalog catalog, IReadOnlyList<RoleDraft> drafts)
    {
        (_catalog, _drafts, _ids) = (catalog, drafts, new RoleId[drafts.Count]);
        (_byId, _byName) = (new(drafts.Count), new(drafts.Count, StringComparer.Ordinal));
    }

    /// <summary>What a careful author should know of the rows.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Finds out which role each row is; what cannot be is an error.</summary>
    public static ImportRows Read(TenantModel model, IReadOnlyList<RoleDraft> drafts, Func<string> newId, List<FieldError> errors)
    {
        var rows = new ImportRows(model.Catalog, drafts);
        for (var i = 0; i < drafts.Count; i++)
        {
            RoleRules.Check(drafts[i], $"roles[{i}].", errors);
            if (drafts[i].AssignedTo.Count > 0)
            {
                errors.Add(new FieldError($"roles[{i}].assigned_to", RoleRules.OnlyOfANewRole));
            }
            rows.Place(i, drafts[i], newId, errors);
        }
        rows.CheckAgainstEachOther(errors);
        return rows;
    }

    /// <summary>The place of a role's member, for a message; <c>roles</c> where the role is no row.</summary>
    public string PathOf(RoleId id, string member) => _byId.TryGetValue(id, out var row) ? $"roles[{row}].{member}" : "roles";

    /// <summary>Whether a role is one of the rows.</summary>
    public bool Contains(RoleId id) => _byId.ContainsKey(id);

    /// <summary>Whether a row says the level itself.</summary>
    public bool HasLevel(RoleId id) => _drafts[_byId[id]].Level is not null;

    /// <summary>Finds a role by id or name (the id wins) as it is after the import; null: none.</summary>
    public RoleId? Resolve(string idOrName)
    {
        var id = new RoleId(idOrName);
        return _byId.ContainsKey(id) || _catalog.Find(id) is { IsDeleting: false } ? id
            : _aliases.TryGetValue(idOrName, out var alias) ? alias
            : _byName.TryGetValue(idOrName, out var row) ? _ids[row]
            : _catalog.Resolve(idOrName)?.Id;
    }

    /// <summary>Reads the roles, in order of rows; a level that is left out is 0 for now. <paramref name="model"/>: with the import's permissions.</summary>
    public RoleDefinition[] ReadRoles(TenantModel model, Func<string> newId, DateTimeOffset now, List<FieldError> errors)
    {
        var pool = new PermissionPool();
        var permissions = _drafts.Select((draft, i) => pool.Learn(draft.Permissions, $"roles[{i}].permissions", errors)).ToArray();
        var own = Array.ConvertAll(permissions, pool.Get);
        var roles = new RoleDefinition[_drafts.Count];
        for (var i = 0; i < roles.Length; i++)
        {
            var (draft, prefix) = (_drafts[i], $"roles[{i}].");
            RoleRules.CheckCount(own[i], prefix, errors);
            StrictPermissions.Check(model, draft.Permissions, model.Roles.GetValueOrDefault(_ids[i])?.Permissions ?? [], $"{prefix}permissions", errors);
            roles[i] = new RoleDefinition
            {
                Id = _ids[i],
                Name = draft.Name,
                DisplayName = draft.DisplayName ?? draft.Name,
                Description = draft.Description,
                Type = draft.Type,
                Permissions = own[i],
                Parents = RoleRules.ReadParents(draft, Resolve, pool, prefix, errors, model.Custom),
                Policies = draft.Policies is { Count: > 0 } policies
                    ? PolicyEditor.ReadOfRole(model, [.. policies.Select(policy => policy.Id is null ? policy with { Id = newId() } : policy)], _ids[i], Had(model, i), prefix, now, errors)
                    : Had(model, i),
                RequestPolicy = RequestPolicyRules.Read(draft.RequestPolicy, prefix, errors) ?? model.Roles.GetValueOrDefault(_ids[i])?.RequestPolicy,
                Level = draft.Level ?? 0,
                IsActive = draft.IsActive,
                Metadata = draft.Metadata,
            };
        }
        return roles;
    }

    private ImmutableArray<PolicyDefinition> Had(TenantModel model, int row) => model.Roles.GetValueOrDefault(_ids[row])?.Policies ?? [];

    private void Place(int row, RoleDraft draft, Func<string> newId, List<FieldError> errors)
    {
        var old = draft.Name is null ? null : _catalog.FindByName(draft.Name);
        var id = old?.Id ?? new RoleId(draft.Id ?? newId());
        var nameProblem = draft.Name is null ? null
            : old is { IsSystem: true } ? "is a built-in role's"
            : old is { IsDeleting: true } ? "is that of a role being deleted"
            : old is { IsBeingMade: true } ? "is that of a role being made"
            : _catalog.Find(new RoleId(draft.Name)) is { } other && other.Id != id ? $"is the id of the role `{other.Name}`"
            : !_byName.TryAdd(draft.Name, row) ? "occurs twice" : null;
        var wished = draft.Id is null || draft.Id == old?.Id.Value ? null : draft.Id;
        var idProblem = wished is null ? null
            : _catalog.Find(new RoleId(wished)) is { } owner ? $"is the id of the role `{owner.Name}`"
            : _catalog.FindByName(wished) is { } namesake && namesake.Id != id ? "is another role's name" : null;
        Add(nameProblem, row, "name", errors);
        Add(idProblem ?? (_byId.TryAdd(id, row) || nameProblem is not null ? null : "occurs twice"), row, "id", errors);
        _ids[row] = id;
        if (wished is not null && old is not null && idProblem is null)
        {
            // The same role in another tenant has another id; edges of the import may still speak of it by that.
            Add(_aliases.TryAdd(wished, id) ? null : "occurs twice", row, "id", errors);
            Warnings.Add($"roles[{row}].id: the role `{draft.Name}` keeps its id `{id}`");
        }
    }

    // Ids and names share one space.
    private void CheckAgainstEachOther(List<FieldError> errors)
    {
        foreach (var (name, row) in _byName)
        {
            if (_byId.TryGetValue(new RoleId(name), out var other) && other != row)
            {
                Add($"is the id of roles[{other}]", row, "name", errors);
            }
        }
    }

    private static void Add(string? problem, int row, string field, List<FieldError> errors)
    {
        if (problem is not null)
        {
            errors.Add(new FieldError($"roles[{row}].{field}", problem));
        }
    }
}
