using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Policies;

/// <summary>
/// How much a policy counts of what a tenant's may be together: its characters, and a little for each text and value, for a list of short ones
/// takes room too. The same on every node.
/// </summary>
internal static class PolicySize
{
    /// <summary>What a policy counts besides what is in it, in characters.</summary>
    public const int OfPolicy = 256;

    /// <summary>What each text and each value counts besides its characters.</summary>
    public const int OfEach = 16;

    /// <summary>In characters.</summary>
    public static long Of(PolicyDefinition policy)
    {
        var size = OfPolicy + Of(policy.Id) + Of(policy.Name) + Of(policy.Description) + Of(policy.Resources.AsSpan()) + Of(policy.Actions.AsSpan()) + Of(policy.Principals.AsSpan());
        foreach (var permission in policy.GrantPermissions)
        {
            size += Of(permission.Resource) + permission.Action.Length;
        }
        foreach (var condition in policy.Conditions)
        {
            size += Of(condition.Type) + Of(AttributeValue.Of(condition.Params));
        }
        return size;
    }

    private static long Of(string? text) => text is null ? 0 : OfEach + text.Length;

    private static long Of(ReadOnlySpan<string> texts)
    {
        var size = 0L;
        foreach (var text in texts)
        {
            size += Of(text);
        }
        return size;
    }

    private static long Of(AttributeValue value)
    {
        long size = OfEach;
        switch (value.Kind)
        {
            case AttributeKind.String:
                size += value.AsString.Length;
                break;
            case AttributeKind.List:
                foreach (var item in value.AsList)
                {
                    size += Of(item);
                }
                break;
            case AttributeKind.Object:
                foreach (var (name, item) in value.AsObject)
                {
                    size += name.Length + Of(item);
                }
                break;
        }
        return size;
    }
}
