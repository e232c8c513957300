using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Specification.Oracles;

/// <summary>The built-in policies that are on, transcribed from the contract and shared with nothing that ships.</summary>
internal static class PackPolicies
{
    // Denies `*:own` requests where the resource has an owner_id that is not the subject's.
    private static readonly PolicyDefinition Ownership = new()
    {
        Id = "policy_ownership",
        Name = "ownership",
        Effect = PolicyEffect.Deny,
        Priority = 100,
        Resources = ["*:own"],
        Conditions =
        [
            Match("exists"),
            Match("neq", ("expected", AttributeValue.Of(AttributeBag.Of(("attribute", AttributeValue.Of("subject.id")))))),
        ],
    };

    public static IReadOnlyList<PolicyDefinition> Of(IEnumerable<string> packs) => packs.Contains("business") ? [Ownership] : [];

    private static Condition Match(string name, params (string, AttributeValue)[] more) => new("attribute_match", AttributeBag.Of(
        [("attribute", AttributeValue.Of("resource.owner_id")), ("operator", AttributeValue.Of(name)), .. more]));
}
