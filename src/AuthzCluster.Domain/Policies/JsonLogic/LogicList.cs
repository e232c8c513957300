using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Policies.JsonLogic;

/// <summary>A list that is written in the rule, some of whose items are operators.</summary>
internal sealed class LogicList(LogicNode[] items) : LogicNode
{
    /// <inheritdoc/>
    protected override AttributeValue Value(ref LogicRun run)
    {
        var values = new AttributeValue[items.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = items[i].Evaluate(ref run);
        }
        return AttributeValue.Of(values);
    }
}
