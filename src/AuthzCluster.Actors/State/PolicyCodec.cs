using System.Collections.Immutable;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Actors.State;

/// <summary>Policies in stored form: a count, and a block of each. What a later version puts at the end of a block is skipped.</summary>
internal static class PolicyCodec
{
    // Stored: never renumber.
    [Flags]
    private enum Has
    {
        Description = 1, Deny = 2, Inactive = 4, Resources = 8, Actions = 16, Principals = 32, Conditions = 64, Grants = 128, UpdatedAt = 256, Priority = 512,
    }

    /// <summary>A tenant's policies, compressed, in ordinal order of ids.</summary>
    public static byte[] Pack(IEnumerable<PolicyDefinition> policies)
    {
        var content = new StateWriter(16 * 1024);
        Write(content, [.. policies.OrderBy(policy => policy.Id, StringComparer.Ordinal)]);
        return Compression.Compress(content.Written);
    }

    public static ImmutableDictionary<string, PolicyDefinition> Unpack(ref StateReader packed)
    {
        var content = new StateReader(Compression.Decompress(ref packed));
        var policies = ImmutableDictionary.CreateBuilder<string, PolicyDefinition>(StringComparer.Ordinal);
        foreach (var policy in Read(ref content))
        {
            policies[policy.Id] = policy;
        }
        return policies.ToImmutable();
    }

    public static void Write(StateWriter to, ImmutableArray<PolicyDefinition> policies)
    {
        var record = new StateWriter();
        to.Number(policies.Length);
        foreach (var policy in policies)
        {
            record.Clear();
            Write(record, policy);
            to.Block(record);
        }
    }

    public static ImmutableArray<PolicyDefinition> Read(ref StateReader from)
    {
        var policies = new PolicyDefinition[from.Count()];
        for (var i = 0; i < policies.Length; i++)
        {
            policies[i] = ReadOne(from.Block());
        }
        return [.. policies];
    }

    private static void Write(StateWriter to, PolicyDefinition policy)
    {
        var has = (policy.Description is null ? 0 : Has.Description)
            | (policy.Effect == PolicyEffect.Deny ? Has.Deny : 0)
            | (policy.IsActive ? 0 : Has.Inactive)
            | (policy.Resources.IsEmpty ? 0 : Has.Resources)
            | (policy.Actions.IsEmpty ? 0 : Has.Actions)
            | (policy.Principals.IsEmpty ? 0 : Has.Principals)
            | (policy.Conditions.IsEmpty ? 0 : Has.Conditions)
            | (policy.GrantPermissions.IsEmpty ? 0 : Has.Grants)
            | (policy.UpdatedAt == policy.CreatedAt ? 0 : Has.UpdatedAt)
            | (policy.Priority == 0 ? 0 : Has.Priority);
        to.Number((int)has);
        to.Text(policy.Id);
        to.Text(policy.Name);
        to.Number(policy.Version);
        to.Time(policy.CreatedAt);
        if (has.HasFlag(Has.UpdatedAt))
        {
            to.Time(policy.UpdatedAt);
        }
        if (has.HasFlag(Has.Priority))
        {
            to.Signed(policy.Priority);
        }
        if (has.HasFlag(Has.Description))
        {
            to.Text(policy.Description);
        }
        foreach (var patterns in (ReadOnlySpan<ImmutableArray<string>>)[policy.Resources, policy.Actions, policy.Principals])
        {
            if (!patterns.IsEmpty)
            {
                to.Texts(patterns);
            }
        }
        if (has.HasFlag(Has.Conditions))
        {
            ValueCodec.Write(to, policy.Conditions);
        }
        if (has.HasFlag(Has.Grants))
        {
            to.Texts([.. policy.GrantPermissions.Select(permission => permission.ToString())]);
        }
    }

    // Initializers run in the order in which they are written here: that of the bytes.
    private static PolicyDefinition ReadOne(StateReader from)
    {
        var has = (Has)from.Int32();
        var (id, name, version, createdAt) = (from.Text(), from.Text(), from.Int64(), from.Time());
        return new PolicyDefinition
        {
            Id = id,
            Name = name,
            Version = version,
            CreatedAt = createdAt,
            UpdatedAt = has.HasFlag(Has.UpdatedAt) ? from.Time() : createdAt,
            Priority = has.HasFlag(Has.Priority) ? ReadPriority(ref from) : 0,
            Description = has.HasFlag(Has.Description) ? from.Text() : null,
            Resources = has.HasFlag(Has.Resources) ? from.Texts() : [],
            Actions = has.HasFlag(Has.Actions) ? from.Texts() : [],
            Principals = has.HasFlag(Has.Principals) ? from.Texts() : [],
            Conditions = has.HasFlag(Has.Conditions) ? ValueCodec.ReadConditions(ref from) : [],
            GrantPermissions = has.HasFlag(Has.Grants) ? ReadPermissions(ref from) : [],
            Effect = has.HasFlag(Has.Deny) ? PolicyEffect.Deny : PolicyEffect.Allow,
            IsActive = !has.HasFlag(Has.Inactive),
        };
    }

    private static int ReadPriority(ref StateReader from) => from.Signed() is >= int.MinValue and <= int.MaxValue and var priority ? (int)priority : throw from.Damaged();

    private static ImmutableArray<Permission> ReadPermissions(ref StateReader from)
    {
        var permissions = new Permission[from.Count()];
        for (var i = 0; i < permissions.Length; i++)
        {
            permissions[i] = Permission.TryParse(from.Text(), out var permission, out _) ? permission : throw from.Damaged();
        }
        return [.. permissions];
    }
}
