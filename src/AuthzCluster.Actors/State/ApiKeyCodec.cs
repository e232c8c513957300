using System.Collections.Immutable;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.State;

/// <summary>
/// An API key as stored bytes: a version, then a block of what it is and a block of what changes as it lives, so that later
/// versions can add to the end of either. The bytes of a version stay readable for ever.
/// </summary>
public static class ApiKeyCodec
{
    private const byte Version = 1;

    /// <summary>The stored form.</summary>
    public static byte[] Encode(ApiKeyState state)
    {
        var (all, block, key) = (new StateWriter(), new StateWriter(), state.Key);
        all.Byte(Version);
        block.Text(key.Id.Value);
        block.Text(key.Owner.Value);
        block.Text(key.Name);
        block.Time(key.CreatedAt);
        block.Text(key.CreatedBy);
        block.OptionalTime(key.ExpiresAt);
        block.Texts(key.Roles);
        block.Texts(key.Tenants.Select(tenant => tenant.Value));
        block.Byte(key.NarrowedTo is null ? (byte)0 : (byte)1);
        block.Texts(key.NarrowedTo?.Select(permission => permission.ToString()) ?? []);
        all.Block(block);

        block.Clear();
        block.Byte((byte)state.Stage);
        block.Block(state.Hash.AsSpan());
        block.Block(state.PreviousHash.AsSpan());
        block.OptionalTime(key.RotatedAt);
        block.OptionalTime(key.PreviousUntil);
        block.OptionalTime(key.LastUsedAt);
        block.OptionalTime(key.RevokedAt);
        if (!key.RotatedBy.IsEmpty)
        {
            block.Texts(key.RotatedBy);
        }
        all.Block(block);
        return all.Written.ToArray();
    }

    /// <summary>Reads the stored form; throws <see cref="StateFormatException"/> where it cannot.</summary>
    public static ApiKeyState Decode(ReadOnlySpan<byte> bytes)
    {
        var all = new StateReader(bytes);
        if (all.Byte() is var version and not Version)
        {
            throw new StateFormatException($"an API key's state has format {version}; this version of the software reads format {Version}");
        }
        var what = all.Block();
        var life = all.Block();
        var key = new ApiKey
        {
            Id = new ApiKeyId(what.Text()),
            Owner = new TenantId(what.Text()),
            Name = what.Text(),
            CreatedAt = what.Time(),
            CreatedBy = what.Text(),
            ExpiresAt = what.OptionalTime(),
            Roles = what.Texts(),
            Tenants = [.. what.Texts().Select(tenant => new TenantId(tenant))],
            NarrowedTo = Permissions(ref what),
        };
        var stage = (ApiKeyStage)life.Byte();
        if (!Enum.IsDefined(stage))
        {
            throw life.Damaged();
        }
        var hash = life.Block();
        var previous = life.Block();
        key = key with { RotatedAt = life.OptionalTime(), PreviousUntil = life.OptionalTime(), LastUsedAt = life.OptionalTime(), RevokedAt = life.OptionalTime() };
        key = life.IsAtEnd ? key : key with { RotatedBy = life.Texts() };
        return new ApiKeyState(key, stage, [.. hash.Rest()], [.. previous.Rest()]);
    }

    private static ImmutableArray<Permission>? Permissions(ref StateReader from)
    {
        var isNarrowed = from.Byte() != 0;
        var permissions = new List<Permission>();
        foreach (var text in from.Texts())
        {
            // A limit that cannot be read must not become no limit.
            permissions.Add(Permission.TryParse(text, out var permission, out _) ? permission : throw from.Damaged());
        }
        return isNarrowed ? [.. permissions] : null;
    }
}
