using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Policies.JsonLogic;

/// <summary>A <c>var</c> whose path is written in the rule.</summary>
internal sealed class LogicVariable(LogicPath path, LogicNode? otherwise) : LogicNode
{
    /// <inheritdoc/>
    protected override AttributeValue Value(ref LogicRun run) =>
        path.TryFind(ref run, out var value) ? value : otherwise is null ? default : otherwise.Evaluate(ref run);
}
