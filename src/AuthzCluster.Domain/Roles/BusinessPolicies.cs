using System.Collections.Immutable;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Domain.Roles;

/// <summary>The policies of the pack of a business. Each denies outside of what it is named after.</summary>
internal static class BusinessPolicies
{
    public static readonly ImmutableArray<PolicyDefinition> All =
    [
        Deny("business_hours", 10, isActive: false, ["payments:*", "invoices:approve"],
            Not("time_range", AttributeBag.Of(
                ("start_time", AttributeValue.Of("08:00")),
                ("end_time", AttributeValue.Of("18:00")),
                ("days", AttributeValue.Of([.. Enumerable.Range(0, 5).Select(day => AttributeValue.Of((decimal)day))])),
                ("timezone", AttributeValue.Of("UTC"))))),
        Deny("ownership", 100, isActive: true, ["*:own"],
            new Condition("attribute_match", AttributeBag.Of(("attribute", AttributeValue.Of("resource.owner_id")), ("operator", AttributeValue.Of("exists")))),
            Not("resource_owner", AttributeBag.Empty)),
    ];

    private static PolicyDefinition Deny(string name, int priority, bool isActive, ImmutableArray<string> resources, params ImmutableArray<Condition> conditions) => new()
    {
        Id = $"policy_{name}",
        Name = name,
        Effect = PolicyEffect.Deny,
        Resources = resources,
        Conditions = conditions,
        Priority = priority,
        IsActive = isActive,
        IsSystem = true,
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
    };

    private static Condition Not(string type, AttributeBag parameters) => new("not", AttributeBag.Of(("condition", AttributeValue.Of(AttributeBag.Of(
        ("type", AttributeValue.Of(type)), ("params", AttributeValue.Of(parameters)))))));
}
