namespace AuthzCluster.Domain.Permissions;

/// <summary>A permission as numbers of a <see cref="PermissionTable"/>, in one word.</summary>
internal readonly record struct PermissionKey
{
    private const int ScopeBits = 2, ActionBits = 30;

    /// <summary>From its parts.</summary>
    public PermissionKey(int resource, int action, PermissionScope scope) =>
        Value = ((ulong)(uint)resource << (ActionBits + ScopeBits)) | ((ulong)(uint)action << ScopeBits) | (byte)scope;

    /// <summary>The word.</summary>
    public ulong Value { get; }

    /// <summary>The part without the scope.</summary>
    public ulong Pair => Value >> ScopeBits;

    /// <summary>The number of the resource.</summary>
    public int Resource => (int)(Value >> (ActionBits + ScopeBits));

    /// <summary>The number of the action.</summary>
    public int Action => (int)(Value >> ScopeBits) & ((1 << ActionBits) - 1);

    /// <summary>The scope.</summary>
    public PermissionScope Scope => (PermissionScope)(Value & ((1 << ScopeBits) - 1));
}
