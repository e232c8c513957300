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
        Optional(block, key.ExpiresAt);
        Texts(block, key.Roles);
        Texts(block, key.Tenants.Select(tenant => tenant.Value));
        block.Byte(key.NarrowedTo is null ? (byte)0 : (byte)1);
        Texts(block, key.NarrowedTo?.Select(permission => permission.ToString()) ?? []);
        all.Block(block);

        block.Clear();
        block.Byte((byte)state.Stage);
        block.Block(state.Hash.AsSpan());
        block.Block(state.PreviousHash.AsSpan());
        Optional(block, key.RotatedAt);
        Optional(block, key.PreviousUntil);
        Optional(block, key.LastUsedAt);
        Optional(block, key.RevokedAt);
        if (!key.RotatedBy.IsEmpty)
        {
            Texts(block, key.RotatedBy);
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
            ExpiresAt = Optional(ref what),
            Roles = Texts(ref what),
            Tenants = [.. Texts(ref what).Select(tenant => new TenantId(tenant))],
            NarrowedTo = Permissions(ref what),
        };
        var stage = (ApiKeyStage)life.Byte();
        if (!Enum.IsDefined(stage))
        {
            throw life.Damaged();
        }
        var hash = life.Block();
        var previous = life.Block();
        key = key with { RotatedAt = Optional(ref life), PreviousUntil = Optional(ref life), LastUsedAt = Optional(ref life), RevokedAt = Optional(ref life) };
        key = life.IsAtEnd ? key : key with { RotatedBy = Texts(ref life) };
        return new ApiKeyState(key, stage, [.. hash.Rest()], [.. previous.Rest()]);
    }

    private static ImmutableArray<Permission>? Permissions(ref StateReader from)
    {
        var isNarrowed = from.Byte() != 0;
        var permissions = new List<Permission>();
        foreach (var text in Texts(ref from))
        {
            // A limit that cannot be read must not become no limit.
            permissions.Add(Permission.TryParse(text, out var permission, out _) ? permission : throw from.Damaged());
        }
        return isNarrowed ? [.. permissions] : null;
    }

    private static void Texts(StateWriter to, IEnumerable<string> texts)
    {
        var all = texts.ToArray();
        to.Number(all.Length);
        foreach (var text in all)
        {
            to.Text(text);
        }
    }

    private static ImmutableArray<string> Texts(ref StateReader from)
    {
        var texts = new string[from.Count()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = from.Text();
        }
        return [.. texts];
    }

    private static void Optional(StateWriter to, DateTimeOffset? time)
    {
        to.Byte(time is null ? (byte)0 : (byte)1);
        if (time is { } some)
        {
            to.Time(some);
        }
    }

    private static DateTimeOffset? Optional(ref StateReader from) => from.Byte() == 0 ? null : from.Time();
}
