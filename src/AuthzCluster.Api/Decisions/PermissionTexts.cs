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

    /// <summary>As JSON.</summary>
    public static JsonEncodedText Of(Permission permission) => EntryOf(permission).Json;

    /// <summary>As it is.</summary>
    public static string TextOf(Permission permission) => EntryOf(permission).Text;

    private static Entry EntryOf(Permission permission)
    {
        ref var slot = ref Table[RuntimeHelpers.GetHashCode(permission) & (Slots - 1)];
        var entry = Volatile.Read(ref slot);
        if (entry is null || !ReferenceEquals(entry.Permission, permission))
        {
            var text = permission.ToString();
            entry = new Entry(permission, text, JsonEncodedText.Encode(text));
            Volatile.Write(ref slot, entry);
        }
        return entry;
    }

    private sealed record Entry(Permission Permission, string Text, JsonEncodedText Json);
}
