using System.Diagnostics.CodeAnalysis;

namespace AuthzCluster.Domain.Permissions;

/// <summary>
/// <c>resource:action[:scope]</c>, granted or asked for. The resource may be <c>*</c> or a prefix such as
/// <c>authz.*</c>, the action may be <c>*</c>; <c>*</c> alone is <c>*:*</c>. Immutable; meant to be shared.
/// </summary>
/// <param name="Resource">The resource, <c>*</c>, or a prefix ending in <c>.*</c>.</param>
/// <param name="Action">The action or <c>*</c>.</param>
/// <param name="Scope">How far it reaches.</param>
public sealed record Permission(string Resource, string Action, PermissionScope Scope = PermissionScope.Any) : IComparable<Permission>
{
    /// <summary>The segment that stands for all.</summary>
    public const string Wildcard = "*";

    /// <summary>Gives everything.</summary>
    public static readonly Permission Everything = new(Wildcard, Wildcard);

    /// <summary>Whether this gives everything.</summary>
    public bool IsEverything => Resource == Wildcard && Action == Wildcard && Scope == PermissionScope.Any;

    /// <summary>Reads the text of a grant or a question.</summary>
    /// <param name="text">The text; the dotted form of other systems is split at its last dot.</param>
    /// <param name="permission">What was read.</param>
    /// <param name="error">What is wrong with the text.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Permission? permission, [NotNullWhen(false)] out string? error) =>
        TryParse(text, out permission, out _, out error);

    /// <summary>Reads the text of a question, where a scope that was written differs from one left out.</summary>
    /// <param name="text">The text.</param>
    /// <param name="permission">What was read.</param>
    /// <param name="hasExplicitScope">Whether a scope was written.</param>
    /// <param name="error">What is wrong with the text.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Permission? permission, out bool hasExplicitScope, [NotNullWhen(false)] out string? error) =>
        PermissionGrammar.TryParse(text, out permission, out hasExplicitScope, out error);

    /// <summary>Makes the permission that a resource and an action name literally. False: one of them has a wildcard or a scope, or is outside the grammar.</summary>
    public static bool TryName(string resource, string action, [NotNullWhen(true)] out Permission? permission)
    {
        permission = PermissionGrammar.IsName(resource) && PermissionGrammar.IsName(action) ? new Permission(resource, action) : null;
        return permission is not null;
    }

    /// <summary>Reads a text known to be good; throws on another.</summary>
    public static Permission Parse(string text) =>
        TryParse(text, out var permission, out var error) ? permission : throw new FormatException(error);

    /// <summary>Whether this, granted, gives all of <paramref name="required"/>.</summary>
    public bool Covers(Permission required) =>
        CoversResource(required.Resource) && (Action == Wildcard || Action == required.Action) && Scope >= required.Scope;

    /// <summary>Whether this one's resource is, or is a pattern over, another.</summary>
    public bool CoversResource(string resource) =>
        Resource == Wildcard || Resource == resource
        || (Resource.EndsWith(".*", StringComparison.Ordinal) && resource.AsSpan().StartsWith(Resource.AsSpan(0, Resource.Length - 1), StringComparison.Ordinal));

    /// <summary>Ordinal order of resource, action, scope.</summary>
    public int CompareTo(Permission? other)
    {
        if (other is null)
        {
            return 1;
        }
        var order = string.CompareOrdinal(Resource, other.Resource);
        order = order != 0 ? order : string.CompareOrdinal(Action, other.Action);
        return order != 0 ? order : Scope.CompareTo(other.Scope);
    }

    /// <summary>The canonical text: no scope where it is <c>*</c>; <c>*</c> for everything.</summary>
    public override string ToString() =>
        IsEverything ? Wildcard
        : Scope == PermissionScope.Any ? $"{Resource}:{Action}"
        : $"{Resource}:{Action}:{PermissionGrammar.ScopeText(Scope)}";
}
