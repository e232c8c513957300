using System.Collections.Frozen;
using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Policies.Outside;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Domain.Decisions;

/// <summary>A tenant's model as decisions read it. Immutable: a change makes another, which shares what did not change.</summary>
public sealed class CompiledTenant
{
    // Names that no role uses any more stay in the table until it has grown to this multiple of what it was.
    private const int TableGrowthLimit = 4;

    private readonly ImmutableArray<RoleDefinition> _builtIn;
    private readonly Dictionary<RoleId, CompiledRole> _roles;
    private readonly Dictionary<string, CompiledAssignment[]> _teams;
    private readonly int _tableSizeAtFullCompile;
    private readonly bool _historyUsesOutside;

    // Null: all are as the model has them.
    private readonly Dictionary<RoleId, CompiledRole>? _instead;

    // Null: the tenant stores no entities.
    private readonly FrozenSet<string>? _entityTypes;

    // Parent to children; made by the first update.
    private ILookup<RoleId, RoleId>? _children;

    private CompiledTenant(
        TenantModel model, ImmutableArray<RoleDefinition> builtIn, PermissionTable table, Dictionary<RoleId, CompiledRole> roles,
        Dictionary<string, CompiledAssignment[]> teams, PolicyIndex? policies, int tableSizeAtFullCompile, CompiledTenant? before = null)
    {
        Model = model;
        Table = table;
        _builtIn = builtIn;
        _roles = roles;
        _teams = teams;
        Policies = policies;
        _tableSizeAtFullCompile = tableSizeAtFullCompile;
        _entityTypes = model.EntityTypes.IsEmpty ? null
            : before is not null && ReferenceEquals(before.Model.EntityTypes, model.EntityTypes) ? before._entityTypes
            : model.EntityTypes.ToFrozenSet(StringComparer.Ordinal);
        LogLevel = DecisionLogSetting.Of(model.Settings);
        FinalWord = OutsideSettings.FinalWord(model.Settings);
        OutsideUrl = OutsideSettings.Url(model.Settings);
        _historyUsesOutside = before is not null && ReferenceEquals(before.Model.TeamHistory, model.TeamHistory) ? before._historyUsesOutside
            : model.TeamHistory.Values.Any(grants => grants.Any(ended => OutsideCondition.IsIn(ended.Conditions)));
        UsesOutside = FinalWord is not null || _historyUsesOutside || policies is { AsksOutside: true } || roles.Values.Any(role => role.AsksOutside)
            || teams.Values.Any(grants => Array.Exists(grants, grant => grant.AsksOutside));
    }

    // What it would be with other roles and policies: the rest is shared.
    private CompiledTenant(CompiledTenant of, Dictionary<RoleId, CompiledRole> instead, PermissionTable table, PolicyIndex? policies)
    {
        (Model, _builtIn, _roles, _teams, _tableSizeAtFullCompile, _entityTypes) = (of.Model, of._builtIn, of._roles, of._teams, of._tableSizeAtFullCompile, of._entityTypes);
        (LogLevel, FinalWord, OutsideUrl, _historyUsesOutside, UsesOutside) = (of.LogLevel, of.FinalWord, of.OutsideUrl, of._historyUsesOutside, of.UsesOutside);
        (_instead, Table, Policies) = (instead, table, policies);
    }

    /// <summary>What was compiled.</summary>
    public TenantModel Model { get; }

    /// <summary>The model's revision.</summary>
    public long Revision => Model.Revision;

    /// <summary>Whether anything is stored that a question might be about: where not, none has anything to look for.</summary>
    public bool UsesEntities => _entityTypes is not null;

    /// <summary>Whether an outside engine may have a say in some decision, whoever it is about; what a subject holds itself aside.</summary>
    public bool UsesOutside { get; }

    /// <summary>Which of its decisions are logged; null: it does not say.</summary>
    public DecisionLogLevel? LogLevel { get; }

    /// <summary>The address of the tenant's own outside engine; null: it names none.</summary>
    public string? OutsideUrl { get; }

    /// <summary>The entity whose stored properties are the subject's; null: nothing of its type is stored.</summary>
    public EntityId? SubjectOf(AccessRequest request) => Known(EntityId.Of(request.Subject));

    /// <summary>The entity whose stored properties are the resource's; null: it has no id, or nothing of its type is stored.</summary>
    public EntityId? ResourceOf(AccessRequest request) => EntityId.OfResource(request) is { } entity ? Known(entity) : null;

    /// <summary>Whether entities of a type are or were stored.</summary>
    public bool StoresEntitiesOf(string type) => _entityTypes is not null && _entityTypes.Contains(type);

    /// <summary>The ids of the tenant's roles, built-in ones too.</summary>
    public IEnumerable<RoleId> RoleIds => _roles.Keys;

    /// <summary>The tenant's roles, built-in ones too.</summary>
    internal IEnumerable<CompiledRole> Roles => _roles.Values;

    /// <summary>The numbers of the permissions.</summary>
    internal PermissionTable Table { get; }

    /// <summary>The active policies; null: the tenant has none.</summary>
    internal PolicyIndex? Policies { get; }

    /// <summary>What an outside engine is asked for the final word; null: none has it.</summary>
    internal OutsideQuestion? FinalWord { get; }

    /// <summary>Names this very compilation; holding it does not hold the tenant.</summary>
    internal object Stamp { get; } = new();

    /// <summary>Compiles a whole model.</summary>
    public static CompiledTenant Compile(TenantModel model)
    {
        var builtIn = BuiltInPacks.RolesOf(model.Packs);
        var table = PermissionTable.Empty.With(builtIn.Concat(model.Roles.Values).SelectMany(role => role.Permissions));
        var roles = new Dictionary<RoleId, CompiledRole>(builtIn.Length + model.Roles.Count);
        CompileRoles(model, builtIn, table, roles, builtIn.Select(role => role.Id).Concat(model.Roles.Keys));
        var teams = new Dictionary<string, CompiledAssignment[]>(StringComparer.Ordinal);
        foreach (var (team, grants) in model.TeamGrants)
        {
            teams.Add(team, CompileTeam(team, grants, model.Custom));
        }
        return new CompiledTenant(model, builtIn, table, roles, teams, PolicyIndex.Build(model, before: null), table.Count);
    }

    /// <summary>Compiles what differs in a later model of the same tenant, of which only <paramref name="touched"/> custom roles differ.</summary>
    public CompiledTenant Update(TenantModel next, IReadOnlyCollection<RoleId> touched)
    {
        if (!next.Packs.SequenceEqual(Model.Packs))
        {
            return Compile(next);
        }
        var policies = PolicyIndex.Next(Policies, Model, next, touched);
        if (touched.Count == 0)
        {
            return new CompiledTenant(next, _builtIn, Table, _roles, UpdateTeams(next), policies, _tableSizeAtFullCompile, this) { _children = _children };
        }
        var changed = touched.ToHashSet();
        var table = Table.With(changed.SelectMany(id => next.Roles.TryGetValue(id, out var role) ? role.Permissions : []));
        if (table.Count > (_tableSizeAtFullCompile + 1000) * TableGrowthLimit)
        {
            return Compile(next);
        }
        var children = ChildrenAfter(changed, next);
        var stale = WithDescendants(changed, children);
        var roles = new Dictionary<RoleId, CompiledRole>(_roles);
        foreach (var id in stale)
        {
            roles.Remove(id);
        }
        CompileRoles(next, _builtIn, table, roles, stale);
        return new CompiledTenant(next, _builtIn, table, roles, UpdateTeams(next), policies, _tableSizeAtFullCompile, this) { _children = children };
    }

    /// <summary>What a role has itself and what it inherits; null: no such role.</summary>
    public RolePermissions? PermissionsOf(RoleId role) => Find(role) is { } compiled ? Provenance.Split(compiled) : null;

    /// <summary>What a role comes to, whoever has it; null: no such role.</summary>
    public RoleReview? ReviewOf(RoleId role)
    {
        if (Find(role) is not { } compiled)
        {
            return null;
        }
        RoleWays[] roles = [.. Provenance.Through(this, compiled)];
        Permission[] all = [.. roles.SelectMany(one => one.Ways, (_, way) => way.Permission).Distinct()];
        var denials = (Policies?.Ordered ?? []).Where(policy => policy.Denies)
            .Select(policy => new RoleDenial(policy.Definition.Id, policy.Definition.Principals, Array.FindAll(all, permission => PolicyMeeting.May(policy, permission))))
            .Where(denial => denial.Permissions.Count > 0);
        return new RoleReview(roles, [.. denials], FinalWord is not null);
    }

    /// <summary>The permission of a role that covers a question whatever conditions come to, most specific first, and whose it is.</summary>
    public PermissionCover FindCover(RoleId role, Permission required)
    {
        if (Find(role) is { } compiled)
        {
            var keys = Table.Resolve(required, stackalloc int[Table.RoomFor(required)]);
            foreach (var permission in compiled.Certain.Match(keys))
            {
                if (permission.Scope >= required.Scope)
                {
                    return new PermissionCover(permission, Provenance.Of(compiled)[permission].From.Definition.Name);
                }
            }
        }
        return new PermissionCover(null, null);
    }

    /// <summary>A role by its id; null: none.</summary>
    internal CompiledRole? Find(RoleId id) => _instead?.GetValueOrDefault(id) ?? _roles.GetValueOrDefault(id);

    /// <summary>
    /// What would decide with other roles and policies in place of its own. For a look at what might be for one subject and one question: what else hangs on a role or a
    /// policy that differs must be given too.
    /// </summary>
    /// <param name="roles">The roles that differ, and those below them that are looked at.</param>
    /// <param name="table">The numbers of all their permissions.</param>
    /// <param name="policies">All policies that matter; null: none.</param>
    internal CompiledTenant With(Dictionary<RoleId, CompiledRole> roles, PermissionTable table, PolicyIndex? policies) => new(this, roles, table, policies);

    /// <summary>What a team was given; empty: nothing.</summary>
    internal CompiledAssignment[] GrantsOf(string team) => _teams.GetValueOrDefault(team) ?? [];

    private EntityId? Known(EntityId entity) => StoresEntitiesOf(entity.Type) ? entity : null;

    private static void CompileRoles(
        TenantModel model, ImmutableArray<RoleDefinition> builtIn, PermissionTable table, Dictionary<RoleId, CompiledRole> roles, IEnumerable<RoleId> ids)
    {
        var builtInById = builtIn.ToDictionary(role => role.Id);
        var compiler = new RoleGraphCompiler(
            id => builtInById.GetValueOrDefault(id) ?? model.Roles.GetValueOrDefault(id), roles, table, model.Custom);
        foreach (var id in ids)
        {
            compiler.Compile(id);
        }
    }

    private static CompiledAssignment[] CompileTeam(string team, ImmutableArray<Assignment> grants, CustomConditions custom) =>
        [.. grants.Select(grant => new CompiledAssignment(grant, team, custom))];

    private static HashSet<RoleId> WithDescendants(HashSet<RoleId> changed, ILookup<RoleId, RoleId> children)
    {
        var all = new HashSet<RoleId>(changed);
        var open = new Queue<RoleId>(changed);
        while (open.TryDequeue(out var id))
        {
            foreach (var child in children[id])
            {
                if (all.Add(child))
                {
                    open.Enqueue(child);
                }
            }
        }
        return all;
    }

    // Most changes touch no edge: then the index of the last compilation serves on.
    private ILookup<RoleId, RoleId> ChildrenAfter(HashSet<RoleId> changed, TenantModel next)
    {
        var sameEdges = _children is not null && changed.All(id => _roles.TryGetValue(id, out var old)
            && next.Roles.TryGetValue(id, out var role) && role.Parents.SequenceEqual(old.Definition.Parents));
        return sameEdges
            ? _children!
            : next.Roles.Values.SelectMany(role => role.Parents, (role, edge) => (edge.Parent, role.Id)).ToLookup(pair => pair.Parent, pair => pair.Id);
    }

    private Dictionary<string, CompiledAssignment[]> UpdateTeams(TenantModel next)
    {
        if (ReferenceEquals(next.TeamGrants, Model.TeamGrants))
        {
            return _teams;
        }
        var teams = new Dictionary<string, CompiledAssignment[]>(next.TeamGrants.Count, StringComparer.Ordinal);
        foreach (var (team, grants) in next.TeamGrants)
        {
            var same = Model.TeamGrants.TryGetValue(team, out var old) && old == grants;
            teams.Add(team, same ? _teams[team] : CompileTeam(team, grants, next.Custom));
        }
        return teams;
    }
}
