using System.Collections.Immutable;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Permissions;

/// <summary>
/// The permissions that a tenant knows: its own entries, and those of the service and of its packs, which win over
/// entries of the same name. Immutable; what only some ask for is made when it is first asked for.
/// </summary>
public sealed class PermissionRegistry
{
    private readonly ImmutableSortedDictionary<string, string?> _own;
    private readonly ImmutableArray<string> _packs;
    private readonly ImmutableDictionary<string, RegisteredPermission> _builtIn;
    private RegisteredPermission[]? _all;
    private HashSet<string>? _resources;

    internal PermissionRegistry(ImmutableSortedDictionary<string, string?> own, ImmutableArray<string> packs) =>
        (_own, _packs, _builtIn) = (own, packs, BuiltInPacks.PermissionsOf(packs));

    /// <summary>All of them, in ordinal order of their texts.</summary>
    public IReadOnlyList<RegisteredPermission> All => _all ??=
    [
        .. _own.Where(entry => !_builtIn.ContainsKey(entry.Key))
            .Select(entry => (Text: entry.Key, Entry: new RegisteredPermission(Permission.Parse(entry.Key), entry.Value, false)))
            .Concat(_builtIn.Select(entry => (Text: entry.Key, Entry: entry.Value)))
            .OrderBy(entry => entry.Text, StringComparer.Ordinal).Select(entry => entry.Entry),
    ];

    /// <summary>Finds one; null: it is not registered.</summary>
    public RegisteredPermission? Find(Permission permission)
    {
        var text = permission.ToString();
        return _builtIn.GetValueOrDefault(text) ?? (_own.TryGetValue(text, out var description) ? new(permission, description, false) : null);
    }

    /// <summary>
    /// Whether a strict tenant's roles may be given this: it is registered as it is written, its scope included; or every
    /// action of a registered resource, in any scope; or everything.
    /// </summary>
    internal bool Takes(Permission permission) =>
        permission.IsEverything || (permission.Action == Permission.Wildcard && IsResource(permission.Resource)) || Find(permission) is not null;

    internal bool IsOf(ImmutableSortedDictionary<string, string?> own, ImmutableArray<string> packs) =>
        ReferenceEquals(_own, own) && (_packs == packs || _packs.SequenceEqual(packs));

    private bool IsResource(string resource) =>
        (_resources ??= All.Select(entry => entry.Permission.Resource).ToHashSet(StringComparer.Ordinal)).Contains(resource);
}
