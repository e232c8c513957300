using System.Collections.Immutable;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.State;

/// <summary>
/// A model's stored form in pieces, so that the form of the next model costs what changed and not what there is: roles
/// are dealt to pieces by their ids, and a change makes anew those that hold a role that it touches.
/// </summary>
internal sealed class EncodedModel
{
    // Smaller pieces make a change cheaper, larger ones the whole smaller.
    private const int RolesPerPiece = 64, MostGrowth = 4;

    private readonly TenantModel _model;
    private readonly PermissionTable _permissions;
    private readonly RolePiece[] _pieces;
    private readonly byte[] _registry;
    private readonly byte[] _policies;
    private readonly byte[] _separation;
    private readonly int _rolesAtStart;
    private readonly int _permissionsAtStart;

    private EncodedModel(
        TenantModel model, PermissionTable permissions, RolePiece[] pieces, byte[] registry, byte[] policies, byte[] separation,
        int rolesAtStart, int permissionsAtStart)
    {
        _model = model;
        _permissions = permissions;
        _pieces = pieces;
        _registry = registry;
        _policies = policies;
        _separation = separation;
        _rolesAtStart = rolesAtStart;
        _permissionsAtStart = permissionsAtStart;
    }

    /// <summary>Encodes a whole model.</summary>
    public static EncodedModel Of(TenantModel model)
    {
        var count = Math.Max(1, model.Roles.Count / RolesPerPiece);
        var dealt = new List<RoleDefinition>[count];
        foreach (var role in model.Catalog.ByName.Where(role => !role.IsSystem).Concat(model.Roles.Values.Where(role => role.IsDeleting)))
        {
            (dealt[PieceOf(role.Id, count)] ??= []).Add(role);
        }
        var permissions = new PermissionTable();
        var pieces = Array.ConvertAll(dealt, roles => RolePiece.Of(roles ?? [], permissions));
        return new EncodedModel(model, permissions, pieces, RegistryOf(model), PoliciesOf(model), SeparationCodec.Pack(model), model.Roles.Count, permissions.Count);
    }

    /// <summary>Encodes a later model of which only <paramref name="touched"/> roles differ.</summary>
    public EncodedModel With(TenantModel next, IReadOnlyCollection<RoleId> touched)
    {
        if (next.Roles.Count > (_rolesAtStart + RolesPerPiece) * MostGrowth || _permissions.Count > (_permissionsAtStart + 1000) * MostGrowth
            || touched.Count > _pieces.Length)
        {
            return Of(next);
        }
        var pieces = (RolePiece[])_pieces.Clone();
        foreach (var group in touched.Distinct().GroupBy(id => PieceOf(id, pieces.Length)))
        {
            pieces[group.Key] = pieces[group.Key].With(next, group, _permissions);
        }
        var registry = ReferenceEquals(next.Registered, _model.Registered) ? _registry : RegistryOf(next);
        var policies = ReferenceEquals(next.Policies, _model.Policies) ? _policies : PoliciesOf(next);
        var isSame = ReferenceEquals(next.Constraints, _model.Constraints) && ReferenceEquals(next.Checking, _model.Checking) && next.SeparationEpoch == _model.SeparationEpoch;
        var separation = isSame ? _separation : SeparationCodec.Pack(next);
        return new EncodedModel(next, _permissions, pieces, registry, policies, separation, _rolesAtStart, _permissionsAtStart);
    }

    /// <summary>The bytes to store.</summary>
    public byte[] ToBytes()
    {
        var (all, block) = (new StateWriter(64 * 1024), new StateWriter(64 * 1024));
        all.Byte(VersionOf());
        TenantModelCodec.WriteTenant(block, _model);
        all.Block(block);
        block.Clear();
        TenantModelCodec.WriteTeams(block, _model);
        all.Block(Compression.Compress(block.Written));
        block.Clear();
        _permissions.Write(block);
        all.Block(block);
        block.Clear();
        block.Number(_pieces.Length);
        foreach (var piece in _pieces)
        {
            block.Block(piece.Packed);
        }
        all.Block(block);
        ModelSections.Write(all, _model, _registry, _policies, _separation);
        return all.Written.ToArray();
    }

    private byte VersionOf() =>
        _separation.Length > 0 || _model.Sweeping != 0 || _model.Roles.Values.Any(role => role.RequestPolicy is not null) || TeamsSayMore(_model.TeamGrants) || TeamsSayMore(_model.TeamHistory)
            ? TenantModelCodec.VersionWithGovernance
        : _policies.Length > 0 || _model.Roles.Values.Any(role => !role.Policies.IsDefaultOrEmpty) ? TenantModelCodec.VersionWithPolicies
        : TenantModelCodec.Version;

    private static bool TeamsSayMore(IEnumerable<KeyValuePair<string, ImmutableArray<Assignment>>> teams) =>
        teams.Any(team => team.Value.Any(grant => grant.Approval is not null || grant.RemindedOf is not null));

    private static byte[] RegistryOf(TenantModel model) => model.Registered.IsEmpty ? [] : RegistryCodec.Pack(model.Registered);

    private static byte[] PoliciesOf(TenantModel model) => model.Policies.IsEmpty ? [] : PolicyCodec.Pack(model.Policies.Values);

    // FNV-1a: the same in every process, unlike a string's own hash.
    private static int PieceOf(RoleId id, int count)
    {
        var hash = 2166136261u;
        foreach (var c in id.Value)
        {
            hash = (hash ^ c) * 16777619u;
        }
        return (int)(hash % (uint)count);
    }
}
