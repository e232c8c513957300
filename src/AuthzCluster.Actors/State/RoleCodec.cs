using System.Collections.Immutable;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Actors.State;

/// <summary>A role in stored form.</summary>
internal static class RoleCodec
{
    // Stored: never renumber.
    [Flags]
    private enum Has
    {
        DisplayName = 1, Description = 2, Type = 4, Inactive = 8, Deleting = 16, Metadata = 32, Parents = 64, UpdatedAt = 128, BeingMade = 256, Policies = 512,
        Requests = 1024,
    }

    public static void Write(StateWriter to, RoleDefinition role, PermissionTable permissions)
    {
        var has = (role.DisplayName == role.Name ? 0 : Has.DisplayName)
            | (role.Description is null ? 0 : Has.Description)
            | (role.Type is null ? 0 : Has.Type)
            | (role.IsActive ? 0 : Has.Inactive)
            | (role.IsDeleting ? Has.Deleting : 0)
            | (role.IsBeingMade ? Has.BeingMade : 0)
            | (role.Metadata.Count > 0 ? Has.Metadata : 0)
            | (role.Parents.IsEmpty ? 0 : Has.Parents)
            | (role.Policies.IsEmpty ? 0 : Has.Policies)
            | (role.RequestPolicy is null ? 0 : Has.Requests)
            | (role.UpdatedAt == role.CreatedAt ? 0 : Has.UpdatedAt);
        to.Number((int)has);
        to.Text(role.Id.Value);
        to.Text(role.Name);
        to.Number(role.Level);
        to.Number(role.Version);
        to.Time(role.CreatedAt);
        if (has.HasFlag(Has.UpdatedAt))
        {
            to.Time(role.UpdatedAt);
        }
        foreach (var (text, flag) in (ReadOnlySpan<(string?, Has)>)
            [(role.DisplayName, Has.DisplayName), (role.Description, Has.Description), (role.Type, Has.Type)])
        {
            if (has.HasFlag(flag))
            {
                to.Text(text);
            }
        }
        if (has.HasFlag(Has.Metadata))
        {
            ValueCodec.Write(to, role.Metadata);
        }
        permissions.WriteList(to, role.Permissions);
        if (has.HasFlag(Has.Parents))
        {
            WriteParents(to, role.Parents, permissions);
        }
        if (has.HasFlag(Has.Policies))
        {
            PolicyCodec.Write(to, role.Policies);
        }
        if (role.RequestPolicy is { } requests)
        {
            RequestPolicyCodec.Write(to, requests);
        }
    }

    // Initializers run in the order in which they are written here: that of the bytes.
    public static RoleDefinition Read(StateReader from, Permission[] permissions)
    {
        var has = (Has)from.Int32();
        var (id, name) = (from.Text(), from.Text());
        var (level, version, createdAt) = (from.Int32(), from.Int64(), from.Time());
        return new RoleDefinition
        {
            Id = new RoleId(id),
            Name = name,
            Level = level,
            Version = version,
            CreatedAt = createdAt,
            UpdatedAt = has.HasFlag(Has.UpdatedAt) ? from.Time() : createdAt,
            DisplayName = has.HasFlag(Has.DisplayName) ? from.Text() : name,
            Description = has.HasFlag(Has.Description) ? from.Text() : null,
            Type = has.HasFlag(Has.Type) ? from.Text() : null,
            Metadata = has.HasFlag(Has.Metadata) ? ValueCodec.ReadBag(ref from) : AttributeBag.Empty,
            Permissions = PermissionTable.ReadList(ref from, permissions),
            Parents = has.HasFlag(Has.Parents) ? ReadParents(ref from, permissions) : [],
            Policies = has.HasFlag(Has.Policies) ? PolicyCodec.Read(ref from) : [],
            RequestPolicy = has.HasFlag(Has.Requests) ? RequestPolicyCodec.Read(ref from) : null,
            IsActive = !has.HasFlag(Has.Inactive),
            IsDeleting = has.HasFlag(Has.Deleting),
            IsBeingMade = has.HasFlag(Has.BeingMade),
        };
    }

    private static void WriteParents(StateWriter to, ImmutableArray<ParentEdge> parents, PermissionTable permissions)
    {
        to.Number(parents.Length);
        foreach (var edge in parents)
        {
            to.Text(edge.Parent.Value);
            to.Byte((byte)edge.Type);
            permissions.WriteList(to, edge.Patterns);
            ValueCodec.Write(to, edge.Conditions);
        }
    }

    private static ImmutableArray<ParentEdge> ReadParents(ref StateReader from, Permission[] permissions)
    {
        var parents = new ParentEdge[from.Count()];
        for (var i = 0; i < parents.Length; i++)
        {
            var (parent, type) = (new RoleId(from.Text()), from.Byte());
            parents[i] = new ParentEdge(parent, type <= (byte)InheritanceType.None ? (InheritanceType)type : throw from.Damaged())
            {
                Patterns = PermissionTable.ReadList(ref from, permissions),
                Conditions = ValueCodec.ReadConditions(ref from),
            };
        }
        return [.. parents];
    }
}
