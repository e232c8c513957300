using AuthzCluster.Domain.Entities;

namespace AuthzCluster.Actors.State;

/// <summary>
/// A stored entity as bytes: a version, then one block (revision; times; whether it is there; properties). What a later
/// version puts at the end of the block is skipped. The bytes of a version stay readable for ever.
/// </summary>
public static class EntityCodec
{
    private const byte Version = 1;

    /// <summary>The stored form.</summary>
    public static byte[] Encode(StoredEntity entity)
    {
        var (all, block) = (new StateWriter(), new StateWriter());
        all.Byte(Version);
        block.Number(entity.Revision);
        block.Time(entity.CreatedAt);
        block.Time(entity.UpdatedAt);
        block.Byte(entity.IsStored ? (byte)1 : (byte)0);
        ValueCodec.Write(block, entity.Properties);
        all.Block(block);
        return all.Written.ToArray();
    }

    /// <summary>Reads the stored form; throws <see cref="StateFormatException"/> where it cannot.</summary>
    public static StoredEntity Decode(ReadOnlySpan<byte> bytes)
    {
        var all = new StateReader(bytes);
        var version = all.Byte();
        if (version != Version)
        {
            throw new StateFormatException($"an entity's state has format {version}; this version of the software reads format {Version}");
        }
        var block = all.Block();
        // Initializers run in the order in which they are written here: that of the bytes.
        return new StoredEntity
        {
            Revision = block.Int64(),
            CreatedAt = block.Time(),
            UpdatedAt = block.Time(),
            IsStored = block.Byte() != 0,
            Properties = ValueCodec.ReadBag(ref block),
        };
    }
}
