using System.Text.Json.Nodes;

namespace AuthzCluster.Client.Http;

/// <summary>A policy, both ways. Of one that may not be read there is its id.</summary>
internal sealed record PolicyWire
{
    private const string Deny = "deny", Allow = "allow", Expression = "expression";

    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Effect { get; init; }

    public IReadOnlyList<string>? Resources { get; init; }

    public IReadOnlyList<string>? Actions { get; init; }

    public IReadOnlyList<string>? Principals { get; init; }

    public IReadOnlyList<ConditionWire>? Conditions { get; init; }

    public int? Priority { get; init; }

    public bool? IsActive { get; init; }

    public IReadOnlyList<string>? GrantPermissions { get; init; }

    public long? Version { get; init; }

    /// <summary>The conditions of a rule, its expression among them.</summary>
    public static IReadOnlyList<Condition> ConditionsOf(PolicyRule rule) =>
        rule.Condition is null ? rule.Conditions : [.. rule.Conditions, new Condition(Expression, new JsonObject { ["text"] = rule.Condition })];

    public static PolicyWire Of(PolicyRule rule) => new()
    {
        Id = rule.RuleId.Length == 0 ? null : rule.RuleId,
        Name = rule.Name,
        Description = rule.Description,
        Effect = rule.Effect == PolicyEffect.Deny ? Deny : Allow,
        Resources = rule.Resources,
        Actions = rule.Actions,
        Principals = rule.Principals,
        Conditions = ConditionWire.Of(ConditionsOf(rule)),
        Priority = rule.Priority,
        IsActive = rule.IsActive,
        GrantPermissions = rule.GrantPermissions,
    };

    public PolicyRule Read() => new()
    {
        RuleId = Id ?? "",
        Name = Name ?? "",
        Description = Description,
        Effect = Effect == Deny ? PolicyEffect.Deny : PolicyEffect.Allow,
        Resources = Resources ?? [],
        Actions = Actions ?? [],
        Principals = Principals ?? [],
        Conditions = ConditionWire.Read(Conditions),
        Priority = Priority ?? 0,
        IsActive = IsActive ?? true,
        GrantPermissions = GrantPermissions ?? [],
        Version = Version,
    };
}
