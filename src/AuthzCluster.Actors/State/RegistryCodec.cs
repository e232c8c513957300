using System.Collections.Immutable;

namespace AuthzCluster.Actors.State;

/// <summary>A tenant's registered permissions in stored form, compressed: texts with their descriptions.</summary>
internal static class RegistryCodec
{
    public static byte[] Pack(ImmutableSortedDictionary<string, string?> registered)
    {
        var content = new StateWriter(16 * 1024);
        content.Number(registered.Count);
        foreach (var (permission, description) in registered)
        {
            content.Text(permission);
            content.Text(description);
        }
        return Compression.Compress(content.Written);
    }

    public static ImmutableSortedDictionary<string, string?> Read(ref StateReader packed)
    {
        var content = new StateReader(Compression.Decompress(ref packed));
        var registered = ImmutableSortedDictionary.CreateBuilder<string, string?>(StringComparer.Ordinal);
        for (var left = content.Count(); left > 0; left--)
        {
            var permission = content.Text();
            registered[permission] = content.OptionalText();
        }
        return registered.ToImmutable();
    }
}
