using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.State;

/// <summary>
/// A tenant's model as stored bytes: a version, then blocks (tenant; team assignments, live and ended; the table of permissions; pieces
/// of some roles each), then sections, each a number and a block, which are left out where they say nothing. What a later
/// version puts after the known members of a block is skipped, and a section that is not known. The bytes of a version stay
/// readable for ever.
/// </summary>
public static class TenantModelCodec
{
    internal const byte Version = 1;

    /// <summary>The format of models that have policies: who does not know them must not answer from the rest, nor write it.</summary>
    internal const byte VersionWithPolicies = 2;

    /// <summary>The format of models with constraints, rules of requests, approvals or reminders: who does not know them must not give roles by the rest, nor write it.</summary>
    internal const byte VersionWithGovernance = 3;

    /// <summary>The stored form.</summary>
    public static byte[] Encode(TenantModel model) => EncodedModel.Of(model).ToBytes();

    /// <summary>Reads the stored form; throws <see cref="StateFormatException"/> where it cannot.</summary>
    public static TenantModel Decode(ReadOnlySpan<byte> bytes)
    {
        var all = new StateReader(bytes);
        var version = all.Byte();
        if (version is < Version or > VersionWithGovernance)
        {
            throw new StateFormatException($"a tenant's model has format {version}; this version of the software reads formats {Version} to {VersionWithGovernance}");
        }
        var tenant = all.Block();
        var packedTeams = all.Block();
        var packedTable = all.Block();
        var packedRoles = all.Block();
        var teams = new StateReader(Compression.Decompress(ref packedTeams));
        return ModelSections.Read(ref all, ReadTenant(ref tenant) with
        {
            TeamGrants = ReadTeams(ref teams),
            TeamHistory = ReadTeams(ref teams),
            Roles = ReadRoles(ref packedRoles, PermissionTable.Read(ref packedTable)),
        });
    }

    internal static void WriteTeams(StateWriter to, TenantModel model)
    {
        foreach (var teams in (ReadOnlySpan<ImmutableSortedDictionary<string, ImmutableArray<Assignment>>>)[model.TeamGrants, model.TeamHistory])
        {
            to.Number(teams.Count);
            foreach (var (team, grants) in teams)
            {
                to.Text(team);
                AssignmentCodec.Write(to, grants);
            }
        }
    }

    internal static void WriteTenant(StateWriter to, TenantModel model)
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
        for (var pieces = from.Count(); pieces > 0; pieces--)
        {
            var packed = from.Block();
            var piece = new StateReader(Compression.Decompress(ref packed));
            for (var left = piece.Count(); left > 0; left--)
            {
                var role = RoleCodec.Read(piece.Block(), permissions);
                roles[role.Id] = role;
            }
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
