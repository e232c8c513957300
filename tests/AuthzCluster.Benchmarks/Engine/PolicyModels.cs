using System.Collections.Immutable;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Benchmarks.Engine;

/// <summary>Tenants with policies to measure with. The role <c>reader</c> reads <c>notes</c>.</summary>
public static class PolicyModels
{
    /// <summary>How many policies are about one resource.</summary>
    public const int OfOneResource = 3;

    /// <summary>Policies about <c>docs0</c>, <c>docs1</c>, ...: of each, two denials whose conditions do not hold, and an allow that grants.</summary>
    public static TenantModel Many(int policies) => Of(Enumerable.Range(0, policies).Select(i =>
    {
        var resource = $"docs{i / OfOneResource}";
        return (i % OfOneResource) switch
        {
            0 => Policy(i, PolicyEffect.Deny, resource, Ip("203.0.113.0/24")),
            1 => Policy(i, PolicyEffect.Deny, resource, Match("resource.classification", "eq", AttributeValue.Of("secret"))),
            _ => Policy(i, PolicyEffect.Allow, resource, Match("resource.level", "lte", AttributeValue.Of(5m))) with { GrantPermissions = [new Permission(resource, "read")] },
        };
    }));

    /// <summary>One denial of reading notes with these conditions, and nothing else.</summary>
    public static TenantModel One(params Condition[] conditions) => Of([Policy(0, PolicyEffect.Deny, "notes", conditions)]);

    /// <summary>No policy.</summary>
    public static TenantModel None() => Of([]);

    /// <summary><c>ip_range</c>.</summary>
    public static Condition Ip(params string[] ranges) =>
        new("ip_range", AttributeBag.Of(("ranges", AttributeValue.Of([.. ranges.Select(AttributeValue.Of)]))));

    /// <summary><c>attribute_match</c>.</summary>
    public static Condition Match(string attribute, string name, AttributeValue expected) =>
        new("attribute_match", AttributeBag.Of(("attribute", AttributeValue.Of(attribute)), ("operator", AttributeValue.Of(name)), ("expected", expected)));

    /// <summary><c>expression</c> of five terms.</summary>
    public static Condition Expression() => new("expression", AttributeBag.Of(("text", AttributeValue.Of(
        "resource.level >= 3 and resource.classification != 'public' and context.mfa = true and resource.region in ['eu-west', 'eu-east'] and subject.clearance < 2"))));

    /// <summary><c>json_logic</c> of ten nodes: five operators, three of variables, and two constants besides.</summary>
    public static Condition Logic() => new("json_logic", AttributeBag.Of(("rule", Call("and",
        Call(">=", Variable("resource.properties.level"), AttributeValue.Of(3m)),
        Call("==", Variable("context.mfa"), AttributeValue.Of(true)),
        Call("<", Variable("subject.properties.clearance"), AttributeValue.Of(2m))))));

    private static AttributeValue Variable(string path) => Call("var", AttributeValue.Of(path));

    private static AttributeValue Call(string name, params AttributeValue[] arguments) =>
        AttributeValue.Of(AttributeBag.Of((name, arguments.Length == 1 ? arguments[0] : AttributeValue.Of(arguments))));

    private static PolicyDefinition Policy(int number, PolicyEffect effect, string resource, params Condition[] conditions) => new()
    {
        Id = $"policy-{number:D6}",
        Name = $"policy {number}",
        Effect = effect,
        Resources = [resource],
        Actions = ["read"],
        Conditions = [.. conditions],
        Priority = effect == PolicyEffect.Deny ? 10 : 0,
    };

    private static TenantModel Of(IEnumerable<PolicyDefinition> policies) => new()
    {
        Id = TenantId.Default,
        DisplayName = "bench",
        Packs = [],
        Roles = new[]
        {
            new RoleDefinition { Id = new RoleId("reader"), Name = "reader", DisplayName = "reader", Permissions = [Permission.Parse("notes:read")] },
        }.ToImmutableDictionary(role => role.Id),
        Policies = policies.ToImmutableDictionary(policy => policy.Id),
    };
}
