using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.State;

/// <summary>
/// A tenant's model as stored bytes: a version, then, compressed, blocks (tenant; permissions; roles by name; team
/// assignments). What a later version puts after the known members of a block is skipped. The bytes of a version stay
/// readable for ever.
/// </summary>
public static class TenantModelCodec
{
    private const byte Version = 1;

    /// <summary>The stored form; the same model gives the same bytes.</summary>
    public static byte[] Encode(TenantModel model)
    {
        var roles = model.Catalog.All.Where(role => !role.IsSystem).ToArray();
        var permissions = new PermissionTable();
        foreach (var role in roles)
        {
            permissions.Add(role.Permissions);
            foreach (var edge in role.Parents)
            {
                permissions.Add(edge.Patterns);
            }
        }
        var (all, block, record) = (new StateWriter(64 * 1024), new StateWriter(64 * 1024), new StateWriter());
        WriteTenant(block, model);
        all.Block(block);
        block.Clear();
        permissions.Write(block);
        all.Block(block);
        block.Clear();
        block.Number(roles.Length);
        foreach (var role in roles)
        {
            record.Clear();
            RoleCodec.Write(record, role, permissions);
            block.Block(record);
        }
        all.Block(block);
        block.Clear();
        block.Number(model.TeamGrants.Count);
        foreach (var (team, grants) in model.TeamGrants)
        {
            block.Text(team);
            AssignmentCodec.Write(block, grants);
        }
        all.Block(block);
        return Compression.Compress(Version, all.Written);
    }

    /// <summary>Reads the stored form; throws <see cref="StateFormatException"/> where it cannot.</summary>
    public static TenantModel Decode(ReadOnlySpan<byte> bytes)
    {
        var packed = new StateReader(bytes);
        var version = packed.Byte();
        if (version != Version)
        {
            throw new StateFormatException($"a tenant's model has format {version}; this version of the software reads format {Version}");
        }
        var all = new StateReader(Compression.Decompress(ref packed));
        var tenant = all.Block();
        var table = all.Block();
        var roles = all.Block();
        var teams = all.Block();
        return ReadTenant(ref tenant) with
        {
            Roles = ReadRoles(ref roles, PermissionTable.Read(ref table)),
            TeamGrants = ReadTeams(ref teams),
        };
    }

    private static void WriteTenant(StateWriter to, TenantModel model)
    {
        to.Text(model.Id.Value);
        to.Number(model.Revision);
        to.Text(model.DisplayName);
        to.Number(model.Packs.Length);
        foreach (var pack in model.Packs)
        {
            to.Text(pack);
        }
        to.Byte((byte)model.Edition);
        ValueCodec.Write(to, model.Settings);
        to.Time(model.CreatedAt);
        to.Time(model.UpdatedAt);
    }

    // Initializers run in the order in which they are written here: that of the bytes.
    private static TenantModel ReadTenant(ref StateReader from) => new()
    {
        Id = new TenantId(from.Text()),
        Revision = from.Int64(),
        DisplayName = from.Text(),
        Packs = ReadPacks(ref from),
        Edition = (Edition)from.Byte(),
        Settings = ValueCodec.ReadBag(ref from),
        CreatedAt = from.Time(),
        UpdatedAt = from.Time(),
    };

    private static ImmutableArray<string> ReadPacks(ref StateReader from)
    {
        var packs = new string[from.Count()];
        for (var i = 0; i < packs.Length; i++)
        {
            packs[i] = from.Text();
        }
        return [.. packs];
    }

    private static ImmutableDictionary<RoleId, RoleDefinition> ReadRoles(ref StateReader from, Permission[] permissions)
    {
        var roles = ImmutableDictionary.CreateBuilder<RoleId, RoleDefinition>();
        for (var left = from.Count(); left > 0; left--)
        {
            var role = RoleCodec.Read(from.Block(), permissions);
            roles[role.Id] = role;
        }
        return roles.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, ImmutableArray<Assignment>> ReadTeams(ref StateReader from)
    {
        var teams = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<Assignment>>(StringComparer.Ordinal);
        for (var left = from.Count(); left > 0; left--)
        {
            var team = from.Text();
            teams[team] = AssignmentCodec.Read(ref from);
        }
        return teams.ToImmutable();
    }
}
