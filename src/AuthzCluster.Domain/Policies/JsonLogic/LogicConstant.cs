using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Policies.JsonLogic;

/// <summary>A value that is written in the rule.</summary>
internal sealed class LogicConstant(AttributeValue value) : LogicNode
{
    /// <summary>The value.</summary>
    public AttributeValue Written => value;

    /// <inheritdoc/>
    public override bool IsConstant => true;

    /// <inheritdoc/>
    protected override AttributeValue Value(ref LogicRun run) => value;
}
