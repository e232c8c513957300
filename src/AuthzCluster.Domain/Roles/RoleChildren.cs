using System.Collections.Immutable;

namespace AuthzCluster.Domain.Roles;

/// <summary>The parent edges of a tenant, turned round. Immutable: an edit lays its few changes over the whole.</summary>
internal sealed class RoleChildren
{
    private readonly Dictionary<RoleId, List<RoleId>> _whole;
    private readonly ImmutableDictionary<RoleId, ImmutableArray<RoleId>> _changed;

    private RoleChildren(Dictionary<RoleId, List<RoleId>> whole, ImmutableDictionary<RoleId, ImmutableArray<RoleId>> changed) =>
        (_whole, _changed) = (whole, changed);

    public static RoleChildren Of(IEnumerable<RoleDefinition> roles)
    {
        var whole = new Dictionary<RoleId, List<RoleId>>();
        foreach (var role in roles)
        {
            foreach (var edge in role.Parents)
            {
                if (!whole.TryGetValue(edge.Parent, out var children))
                {
                    whole.Add(edge.Parent, children = new List<RoleId>(1));
                }
                children.Add(role.Id);
            }
        }
        return new RoleChildren(whole, ImmutableDictionary<RoleId, ImmutableArray<RoleId>>.Empty);
    }

    public IReadOnlyList<RoleId> this[RoleId parent] =>
        _changed.TryGetValue(parent, out var changed) ? changed : _whole.TryGetValue(parent, out var children) ? children : [];

    public RoleChildren Replace(RoleDefinition? old, RoleDefinition? now)
    {
        var (before, after) = (Parents(old), Parents(now));
        var changed = _changed;
        foreach (var parent in before.Except(after))
        {
            changed = changed.SetItem(parent, this[parent].ToImmutableArray().Remove(old!.Id));
        }
        foreach (var parent in after.Except(before))
        {
            changed = changed.SetItem(parent, this[parent].ToImmutableArray().Add(now!.Id));
        }
        return ReferenceEquals(changed, _changed) ? this : new RoleChildren(_whole, changed);
    }

    private static IEnumerable<RoleId> Parents(RoleDefinition? role) => role?.Parents.Select(edge => edge.Parent) ?? [];
}
