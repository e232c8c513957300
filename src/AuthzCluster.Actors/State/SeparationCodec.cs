using System.Collections.Immutable;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.State;

/// <summary>
/// Separation of duty in stored form, compressed: the epoch, the constraints, and the change that is being looked at, if any: its instant, its
/// constraints, what roles and teams count as by it. What a later version puts at the end is skipped.
/// </summary>
internal static class SeparationCodec
{
    /// <summary>That of a model; empty: it has none, and nothing is being looked at.</summary>
    public static byte[] Pack(TenantModel model)
    {
        if (model.Constraints.IsEmpty && model.Checking is null)
        {
            return [];
        }
        var content = new StateWriter();
        content.Number(model.SeparationEpoch);
        Write(content, model.Constraints.Values);
        content.Byte(model.Checking is null ? (byte)0 : (byte)1);
        if (model.Checking is { } check)
        {
            content.Time(check.Since);
            Write(content, check.Table.Constraints.Values);
            content.Number(check.Table.Roles.Count);
            foreach (var (role, counted) in check.Table.Roles.OrderBy(one => one.Key.Value, StringComparer.Ordinal))
            {
                content.Text(role.Value);
                Write(content, counted);
            }
            content.Number(check.Table.Teams.Count);
            foreach (var (team, counted) in check.Table.Teams.OrderBy(one => one.Key, StringComparer.Ordinal))
            {
                content.Text(team);
                Write(content, counted);
            }
        }
        return Compression.Compress(content.Written);
    }

    /// <summary>The model with it.</summary>
    public static TenantModel Unpack(ref StateReader packed, TenantModel model)
    {
        var content = new StateReader(Compression.Decompress(ref packed));
        var (epoch, constraints) = (content.Int64(), ReadConstraints(ref content));
        return model with
        {
            SeparationEpoch = epoch,
            Constraints = constraints,
            Checking = content.Byte() == 0 ? null : ReadCheck(ref content),
        };
    }

    private static SeparationCheck ReadCheck(ref StateReader from)
    {
        var (since, constraints) = (from.Time(), ReadConstraints(ref from));
        var roles = new Dictionary<RoleId, ImmutableArray<RoleId>>();
        for (var left = from.Count(); left > 0; left--)
        {
            roles[new RoleId(from.Text())] = ReadRoles(ref from);
        }
        var teams = new Dictionary<string, ImmutableArray<CountedRole>>(StringComparer.Ordinal);
        for (var left = from.Count(); left > 0; left--)
        {
            teams[from.Text()] = ReadCounted(ref from);
        }
        return new SeparationCheck(new SeparationTable(constraints, roles, teams), since);
    }

    private static void Write(StateWriter to, IEnumerable<SeparationConstraint> constraints)
    {
        var all = constraints.ToArray();
        var record = new StateWriter();
        to.Number(all.Length);
        foreach (var constraint in all)
        {
            record.Clear();
            record.Text(constraint.Id);
            record.Text(constraint.Name);
            record.Number(constraint.Max);
            record.Time(constraint.CreatedAt);
            Write(record, constraint.Roles);
            to.Block(record);
        }
    }

    private static ImmutableSortedDictionary<string, SeparationConstraint> ReadConstraints(ref StateReader from)
    {
        var constraints = ImmutableSortedDictionary.CreateBuilder<string, SeparationConstraint>(StringComparer.Ordinal);
        for (var left = from.Count(); left > 0; left--)
        {
            var record = from.Block();
            var (id, name, max, createdAt) = (record.Text(), record.Text(), record.Int32(), record.Time());
            constraints[id] = new SeparationConstraint { Id = id, Name = name, Max = max, CreatedAt = createdAt, Roles = ReadRoles(ref record) };
        }
        return constraints.ToImmutable();
    }

    private static void Write(StateWriter to, ImmutableArray<RoleId> roles)
    {
        to.Number(roles.Length);
        foreach (var role in roles)
        {
            to.Text(role.Value);
        }
    }

    private static ImmutableArray<RoleId> ReadRoles(ref StateReader from)
    {
        var roles = new RoleId[from.Count()];
        for (var i = 0; i < roles.Length; i++)
        {
            roles[i] = new RoleId(from.Text());
        }
        return [.. roles];
    }

    private static void Write(StateWriter to, ImmutableArray<CountedRole> counted)
    {
        to.Number(counted.Length);
        foreach (var (role, until) in counted)
        {
            to.Text(role.Value);
            to.Byte(until is null ? (byte)0 : (byte)1);
            if (until is { } end)
            {
                to.Time(end);
            }
        }
    }

    private static ImmutableArray<CountedRole> ReadCounted(ref StateReader from)
    {
        var counted = new CountedRole[from.Count()];
        for (var i = 0; i < counted.Length; i++)
        {
            var role = new RoleId(from.Text());
            counted[i] = new CountedRole(role, from.Byte() == 0 ? null : from.Time());
        }
        return [.. counted];
    }
}
