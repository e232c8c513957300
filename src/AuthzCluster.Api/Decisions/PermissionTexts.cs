using System.Runtime.CompilerServices;
using System.Text.Json;
using AuthzCluster.Domain.Permissions;

namespace AuthzCluster.Api.Decisions;

/// <summary>
/// The texts of the permissions that answers name, encoded once each. Found by the permission's identity: the model
/// shares its permissions, so there are as many as the model has. A fixed table; a newer one takes an older one's place.
/// </summary>
internal static class PermissionTexts
{
    private const int Slots = 4096;
    private static readonly Entry?[] Table = new Entry?[Slots];

    public static JsonEncodedText Of(Permission permission)
    {
        ref var slot = ref Table[RuntimeHelpers.GetHashCode(permission) & (Slots - 1)];
        var entry = Volatile.Read(ref slot);
        if (entry is null || !ReferenceEquals(entry.Permission, permission))
        {
            entry = new Entry(permission, JsonEncodedText.Encode(permission.ToString()));
            Volatile.Write(ref slot, entry);
        }
        return entry.Text;
    }

    private sealed record Entry(Permission Permission, JsonEncodedText Text);
}
