using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Decisions;

/// <summary>What a tenant's setting <c>decision_log</c> says.</summary>
internal static class DecisionLogSetting
{
    public const string Name = "decision_log", Off = "off", Sampled = "sampled", All = "all";

    /// <summary>The level; null: the tenant does not say.</summary>
    public static DecisionLogLevel? Of(AttributeBag settings) => !settings.TryGet(Name, out var value) || value.Kind != AttributeKind.String ? null : value.AsString switch
    {
        All => DecisionLogLevel.All,
        Sampled => DecisionLogLevel.Sampled,
        _ => DecisionLogLevel.Off,
    };
}
