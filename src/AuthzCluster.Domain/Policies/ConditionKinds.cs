namespace AuthzCluster.Domain.Policies;

/// <summary>The kinds of condition that are known, by the names they are written with. Never rename one: they are stored.</summary>
internal static class ConditionKinds
{
    public const string AttributeMatch = "attribute_match";
    public const string ResourceOwner = "resource_owner";
    public const string TimeRange = "time_range";
    public const string IpRange = "ip_range";
    public const string Expression = "expression";
    public const string JsonLogic = "json_logic";
    public const string Opa = "opa";
    public const string Custom = "custom";
    public const string All = "all";
    public const string Any = "any";
    public const string Not = "not";
}
