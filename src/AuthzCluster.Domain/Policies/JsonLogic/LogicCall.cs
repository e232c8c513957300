using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Policies.JsonLogic;

/// <summary>An operator and its arguments.</summary>
internal sealed class LogicCall(LogicFunction function, LogicNode[] arguments) : LogicNode
{
    /// <inheritdoc/>
    protected override AttributeValue Value(ref LogicRun run) => function(ref run, arguments);
}
