using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Policies.JsonLogic;

/// <summary>A part of a compiled rule. Immutable; every evaluation spends a step.</summary>
internal abstract class LogicNode
{
    /// <summary>What it comes to; null once the run has failed.</summary>
    public AttributeValue Evaluate(ref LogicRun run) => run.Spend(1) ? Value(ref run) : default;

    /// <summary>Whether it is the same whatever the data.</summary>
    public virtual bool IsConstant => false;

    protected abstract AttributeValue Value(ref LogicRun run);
}
