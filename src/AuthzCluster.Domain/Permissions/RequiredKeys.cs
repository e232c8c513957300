namespace AuthzCluster.Domain.Permissions;

/// <summary>A question as numbers: what a set must be looked up for, most specific first.</summary>
internal readonly ref struct RequiredKeys(ReadOnlySpan<int> resources, bool firstIsExact, int action)
{
    /// <summary>The resource (where a permission names it), prefixes of it, <c>*</c>.</summary>
    public ReadOnlySpan<int> Resources { get; } = resources;

    /// <summary>Whether the first of <see cref="Resources"/> is the resource itself; the rest are patterns.</summary>
    public bool FirstIsExact { get; } = firstIsExact;

    /// <summary>The action; <see cref="PermissionTable.Unknown"/> where no permission names it.</summary>
    public int Action { get; } = action;
}
