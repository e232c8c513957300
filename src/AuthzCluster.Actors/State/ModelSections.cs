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
    private const byte RegistryTag = 1, EntityTypesTag = 2, PoliciesTag = 3, SeparationTag = 4, SweepingTag = 20;

    /// <summary>Writes them; of what is packed an empty one says that there is nothing.</summary>
    public static void Write(StateWriter to, TenantModel model, byte[] registry, byte[] policies, byte[] separation)
    {
        WritePacked(to, RegistryTag, registry);
        WriteTypes(to, model);
        WritePacked(to, PoliciesTag, policies);
        WritePacked(to, SeparationTag, separation);
        WriteSweeping(to, model.Sweeping);
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
                SweepingTag => model with { Sweeping = block.Int64() },
                PoliciesTag => model with { Policies = PolicyCodec.Unpack(ref block) },
                SeparationTag => SeparationCodec.Unpack(ref block, model),
                _ => model,
            };
        }
        return model;
    }

    private static void WritePacked(StateWriter to, byte tag, byte[] packed)
    {
        if (packed.Length > 0)
        {
            to.Byte(tag);
            to.Block(packed);
        }
    }

    private static void WriteSweeping(StateWriter to, long revision)
    {
        if (revision != 0)
        {
            var block = new StateWriter();
            block.Number(revision);
            to.Byte(SweepingTag);
            to.Block(block);
        }
    }

    private static void WriteTypes(StateWriter to, TenantModel model)
    {
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
