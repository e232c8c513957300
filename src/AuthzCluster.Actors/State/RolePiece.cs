using System.Collections.Immutable;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.State;

/// <summary>Some roles of a model in stored form, compressed together. Immutable.</summary>
internal sealed class RolePiece
{
    private readonly ImmutableArray<RoleId> _roles;

    private RolePiece(ImmutableArray<RoleId> roles, byte[] packed) => (_roles, Packed) = (roles, packed);

    /// <summary>The stored form.</summary>
    public byte[] Packed { get; }

    /// <summary>Encodes roles; new permissions are added to the table.</summary>
    public static RolePiece Of(IReadOnlyCollection<RoleDefinition> roles, PermissionTable permissions)
    {
        var (piece, record) = (new StateWriter(16 * 1024), new StateWriter());
        piece.Number(roles.Count);
        foreach (var role in roles)
        {
            record.Clear();
            RoleCodec.Write(record, role, permissions);
            piece.Block(record);
        }
        return new RolePiece([.. roles.Select(role => role.Id)], Compression.Compress(piece.Written));
    }

    /// <summary>The piece after some of its roles were added, changed or removed.</summary>
    public RolePiece With(TenantModel next, IEnumerable<RoleId> touched, PermissionTable permissions)
    {
        var roles = new List<RoleDefinition>(_roles.Length + 1);
        foreach (var id in _roles.Union(touched))
        {
            if (next.Roles.TryGetValue(id, out var role))
            {
                roles.Add(role);
            }
        }
        return Of(roles, permissions);
    }
}
