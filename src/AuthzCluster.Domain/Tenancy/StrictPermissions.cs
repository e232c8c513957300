using System.Collections.Immutable;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Domain.Tenancy;

/// <summary>
/// The setting <c>strict_permissions</c>: what an edit gives a role has to be registered. What the role had before stays,
/// so that switching the setting on breaks nothing and an edit of something else is no search for old sins.
/// </summary>
internal static class StrictPermissions
{
    public const string Setting = "strict_permissions";

    /// <summary>What is wrong with giving a role this; null: nothing.</summary>
    public static string? Problem(TenantModel model, Permission permission, ImmutableArray<Permission> had) =>
        !IsOn(model) || model.Registry.Takes(permission) || had.BinarySearch(permission) >= 0
            ? null
            : $"`{permission}` is not registered, and roles of this tenant are given registered permissions only";

    /// <summary>Adds what is wrong with a list of permissions; what is no permission was told already.</summary>
    public static void Check(TenantModel model, IReadOnlyList<string> permissions, ImmutableArray<Permission> had, string path, List<FieldError> errors)
    {
        for (var i = 0; IsOn(model) && i < permissions.Count; i++)
        {
            if (Permission.TryParse(permissions[i], out var permission, out _) && Problem(model, permission, had) is { } problem)
            {
                errors.Add(new FieldError($"{path}[{i}]", problem));
            }
        }
    }

    private static bool IsOn(TenantModel model) =>
        model.Settings.TryGet(Setting, out var value) && value.Kind == Attributes.AttributeKind.Boolean && value.AsBoolean;
}
