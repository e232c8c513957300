using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Tenancy;

/// <summary>
/// A tenant's model as it is stored: all that decisions read beside the subject's own grants. One writer, one row,
/// one <see cref="Revision"/>. Built-in roles are not in it: they follow from <see cref="Packs"/>. Immutable.
/// </summary>
public sealed record TenantModel
{
    private RoleCatalog? _catalog;
    private PermissionRegistry? _registry;
    private PolicyLedger? _ledger;

    /// <summary>The tenant.</summary>
    public required TenantId Id { get; init; }

    /// <summary>1 when created, one more with each change.</summary>
    public long Revision { get; init; } = 1;

    /// <summary>For people.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Names of the built-in packs, in ordinal order.</summary>
    public ImmutableArray<string> Packs { get; init; } = ["standard"];

    /// <summary>What the tenant may use.</summary>
    public Edition Edition { get; init; } = Edition.Enterprise;

    /// <summary>The settings that were set.</summary>
    public AttributeBag Settings { get; init; } = AttributeBag.Empty;

    /// <summary>The custom roles by id, those being deleted among them.</summary>
    public ImmutableDictionary<RoleId, RoleDefinition> Roles { get; init; } = ImmutableDictionary<RoleId, RoleDefinition>.Empty;

    /// <summary>The policies by id, without those of the built-in packs and those attached to roles.</summary>
    public ImmutableDictionary<string, PolicyDefinition> Policies { get; init; } = ImmutableDictionary.Create<string, PolicyDefinition>(StringComparer.Ordinal);

    /// <summary>Assignments of teams, by team; live ones only. A team without any is absent.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<Assignment>> TeamGrants { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableArray<Assignment>>(StringComparer.Ordinal);

    /// <summary>
    /// Ended assignments of teams, by team, newest first: at most <see cref="SubjectAssignments.HistoryLimit"/> of a team,
    /// none of a role that is no more. A team without any is absent.
    /// </summary>
    public ImmutableSortedDictionary<string, ImmutableArray<Assignment>> TeamHistory { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableArray<Assignment>>(StringComparer.Ordinal);

    /// <summary>The permissions that the tenant registered: canonical texts with their descriptions.</summary>
    public ImmutableSortedDictionary<string, string?> Registered { get; init; } = ImmutableSortedDictionary.Create<string, string?>(StringComparer.Ordinal);

    /// <summary>
    /// The types of which entities are or were stored, in ordinal order: a question about none of them has nothing to look
    /// for. Written before the first entity of a type, never taken away.
    /// </summary>
    public ImmutableSortedSet<string> EntityTypes { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The conditions that the host registered. Not stored: whoever reads a model on a node adds them.</summary>
    public CustomConditions Custom { get; init; } = CustomConditions.None;

    /// <summary>Whether only stored entities of type <c>user</c> may be users that roles are given to.</summary>
    public bool RequiresKnownSubjects => Settings.TryGet("require_known_subjects", out var value) && value == AttributeValue.Of(true);

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>All roles, built-in ones among them. Made when first asked for, and kept.</summary>
    public RoleCatalog Catalog
    {
        get
        {
            // A copy made with other roles or packs brings along the catalog of the original.
            var catalog = _catalog;
            return catalog is not null && catalog.IsOf(this) ? catalog : _catalog = RoleCatalog.Of(this, catalog);
        }
    }

    /// <summary>All permissions that the tenant knows, built-in ones among them. Made when first asked for, and kept.</summary>
    public PermissionRegistry Registry
    {
        get
        {
            var registry = _registry;
            return registry is not null && registry.IsOf(Registered, Packs) ? registry : _registry = new PermissionRegistry(Registered, Packs);
        }
    }

    /// <summary>What is known of all policies together. Made when first asked for, and kept.</summary>
    internal PolicyLedger Ledger
    {
        get
        {
            var ledger = _ledger;
            return ledger is not null && ledger.IsOf(this) ? ledger : _ledger = PolicyLedger.Of(this);
        }
    }

    /// <summary>The next revision, with other custom roles.</summary>
    /// <param name="roles">The roles.</param>
    /// <param name="changed">Those that differ.</param>
    /// <param name="now">When.</param>
    internal TenantModel WithRoles(ImmutableDictionary<RoleId, RoleDefinition> roles, IReadOnlyCollection<RoleId> changed, DateTimeOffset now) =>
        this with { Roles = roles, Revision = Revision + 1, UpdatedAt = Instants.Cut(now), _catalog = Catalog.Next(roles, changed), _ledger = Ledger.WithRoles(roles, changed) };

    /// <summary>The same revision with policies of the tenant put or, where null, removed.</summary>
    internal TenantModel WithPolicies(IReadOnlyDictionary<string, PolicyDefinition?> edits)
    {
        if (edits.Count == 0)
        {
            return this;
        }
        var policies = Policies.ToBuilder();
        foreach (var (id, policy) in edits)
        {
            if (policy is null)
            {
                policies.Remove(id);
            }
            else
            {
                policies[id] = policy;
            }
        }
        var next = policies.ToImmutable();
        return this with { Policies = next, _ledger = Ledger.WithPolicies(next, [.. edits.Keys]) };
    }

    /// <summary>Equal in content.</summary>
    public bool Equals(TenantModel? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Id == other.Id && Revision == other.Revision && DisplayName == other.DisplayName
        && Packs.SequenceEqual(other.Packs) && Edition == other.Edition && Settings.Equals(other.Settings)
        && CreatedAt == other.CreatedAt && UpdatedAt == other.UpdatedAt
        && Roles.Count == other.Roles.Count && Roles.All(role => role.Value.Equals(other.Roles.GetValueOrDefault(role.Key)))
        && Policies.Count == other.Policies.Count && Policies.All(policy => policy.Value.Equals(other.Policies.GetValueOrDefault(policy.Key)))
        && AreEqual(TeamGrants, other.TeamGrants) && AreEqual(TeamHistory, other.TeamHistory)
        && Registered.SequenceEqual(other.Registered) && EntityTypes.SetEquals(other.EntityTypes));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Revision);

    private static bool AreEqual(
        ImmutableSortedDictionary<string, ImmutableArray<Assignment>> some, ImmutableSortedDictionary<string, ImmutableArray<Assignment>> others) =>
        some.Count == others.Count && some.All(team => others.TryGetValue(team.Key, out var grants) && team.Value.SequenceEqual(grants));
}
