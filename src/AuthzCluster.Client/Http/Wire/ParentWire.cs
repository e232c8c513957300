namespace AuthzCluster.Client.Http;

/// <summary>An edge to a parent.</summary>
internal sealed record ParentWire(string RoleId, string? InheritanceType, IReadOnlyList<string>? Permissions, IReadOnlyList<ConditionWire>? Conditions)
{
    public static ParentWire Of(RoleParent parent) =>
        new(parent.RoleId, parent.InheritanceType, parent.Permissions, ConditionWire.Of(parent.Conditions));

    public RoleParent Read() => new(RoleId)
    {
        InheritanceType = InheritanceType ?? "full",
        Permissions = Permissions ?? [],
        Conditions = ConditionWire.Read(Conditions),
    };
}
