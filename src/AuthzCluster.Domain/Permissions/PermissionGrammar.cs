using System.Diagnostics.CodeAnalysis;

namespace AuthzCluster.Domain.Permissions;

/// <summary>The grammar of permissions: segments of 1 to 128 letters, digits and <c>_ - . /</c> (ASCII).</summary>
internal static class PermissionGrammar
{
    private const int LongestSegment = 128;

    public static bool TryParse(string? text, [NotNullWhen(true)] out Permission? permission, out bool hasExplicitScope, [NotNullWhen(false)] out string? error)
    {
        permission = null;
        hasExplicitScope = false;
        if (string.IsNullOrEmpty(text))
        {
            error = "a permission must not be empty";
            return false;
        }
        if (text == Permission.Wildcard)
        {
            permission = Permission.Everything;
            error = null;
            return true;
        }
        if (!TrySplit(text, out var resource, out var action, out var scopeText))
        {
            error = $"`{Shorten(text)}` is no permission: it must be resource:action or resource:action:scope";
            return false;
        }
        var scope = PermissionScope.Any;
        hasExplicitScope = scopeText is not null;
        if (scopeText is not null && !TryParseScope(scopeText, out scope))
        {
            error = $"`{Shorten(scopeText)}` is no scope: it must be own, team, customer or *";
            return false;
        }
        if (!IsResource(resource) || !IsAction(action))
        {
            error = $"`{Shorten(text)}` is no permission: segments have 1 to {LongestSegment} letters, digits or _ - . /; "
                + "the resource may be * or end in .*, the action may be *";
            return false;
        }
        permission = new Permission(resource, action, scope);
        error = null;
        return true;
    }

    public static string ScopeText(PermissionScope scope) => scope switch
    {
        PermissionScope.Own => "own",
        PermissionScope.Team => "team",
        PermissionScope.Customer => "customer",
        _ => Permission.Wildcard,
    };

    /// <summary>Whether a segment names one resource or action.</summary>
    public static bool IsName(string segment) => IsSegment(segment, segment.Length);

    private static bool TryParseScope(string text, out PermissionScope scope)
    {
        (scope, var known) = text switch
        {
            "own" => (PermissionScope.Own, true),
            "team" => (PermissionScope.Team, true),
            "customer" => (PermissionScope.Customer, true),
            Permission.Wildcard => (PermissionScope.Any, true),
            _ => (PermissionScope.Any, false),
        };
        return known;
    }

    private static bool TrySplit(string text, out string resource, out string action, out string? scope)
    {
        (resource, action, scope) = ("", "", null);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            var dot = text.LastIndexOf('.');
            if (dot < 0)
            {
                return false;
            }
            (resource, action) = (text[..dot], text[(dot + 1)..]);
            return true;
        }
        resource = text[..colon];
        var second = text.IndexOf(':', colon + 1);
        if (second < 0)
        {
            action = text[(colon + 1)..];
            return true;
        }
        (action, scope) = (text[(colon + 1)..second], text[(second + 1)..]);
        return true;
    }

    private static bool IsResource(string segment) =>
        segment == Permission.Wildcard
        || IsSegment(segment.EndsWith(".*", StringComparison.Ordinal) ? segment.AsSpan(0, segment.Length - 2) : segment, segment.Length);

    private static bool IsAction(string segment) => segment == Permission.Wildcard || IsSegment(segment, segment.Length);

    private static bool IsSegment(ReadOnlySpan<char> segment, int length)
    {
        if (segment.IsEmpty || length > LongestSegment)
        {
            return false;
        }
        foreach (var c in segment)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.' or '/'))
            {
                return false;
            }
        }
        return true;
    }

    private static string Shorten(string text) => text.Length <= 64 ? text : string.Concat(text.AsSpan(0, 64), "…");
}
