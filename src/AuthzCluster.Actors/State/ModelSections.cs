using System.Collections.Immutable;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.State;

/// <summary>
/// What came to a model after the first released version: sections at its end, each a tag and a block, left out where
/// there is nothing to say. A reader passes over tags that it does not know.
/// </summary>
internal static class ModelSections
{
    // Stored: never renumber.
    private const byte RegistryTag = 1, EntityTypesTag = 2;

    /// <summary>Writes them; <paramref name="registry"/> is the packed registry, empty for none.</summary>
    public static void Write(StateWriter to, TenantModel model, byte[] registry)
    {
        if (registry.Length > 0)
        {
            to.Byte(RegistryTag);
            to.Block(registry);
        }
        if (model.EntityTypes.IsEmpty)
        {
            return;
        }
        var block = new StateWriter();
        block.Number(model.EntityTypes.Count);
        foreach (var type in model.EntityTypes)
        {
            block.Text(type);
        }
        to.Byte(EntityTypesTag);
        to.Block(block);
    }

    public static TenantModel Read(ref StateReader from, TenantModel model)
    {
        while (!from.IsAtEnd)
        {
            var tag = from.Byte();
            var block = from.Block();
            model = tag switch
            {
                RegistryTag => model with { Registered = RegistryCodec.Read(ref block) },
                EntityTypesTag => model with { EntityTypes = ReadTypes(ref block) },
                _ => model,
            };
        }
        return model;
    }

    private static ImmutableSortedSet<string> ReadTypes(ref StateReader from)
    {
        var types = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        for (var left = from.Count(); left > 0; left--)
        {
            types.Add(from.Text());
        }
        return types.ToImmutable();
    }
}
