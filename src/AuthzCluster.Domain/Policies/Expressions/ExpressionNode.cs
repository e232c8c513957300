using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Domain.Policies.Expressions;

/// <summary>A part of an expression, ready to be evaluated. Immutable; <c>now</c> is in UTC ticks.</summary>
internal abstract class ExpressionNode
{
    /// <summary>Whether time alone may change what it comes to.</summary>
    public virtual bool DependsOnTime => false;

    /// <summary>As <see cref="CompiledCondition.ChangesAfter(long)"/>.</summary>
    public virtual long ChangesAfter(long now) => CompiledCondition.Never;
}

/// <summary>A part that holds or does not.</summary>
internal abstract class ConditionNode : ExpressionNode
{
    public abstract Truth Evaluate(AccessRequest request, long now);
}

/// <summary>A part that has a value.</summary>
internal abstract class ValueNode : ExpressionNode
{
    /// <summary>The type of its value; null where only a question tells.</summary>
    public virtual AttributeKind? Kind => null;

    public abstract ValueState TryGet(AccessRequest request, long now, out AttributeValue value);
}

/// <summary>A part that is an instant: in UTC ticks, of whole microseconds.</summary>
internal abstract class InstantNode : ExpressionNode
{
    public abstract ValueState TryGet(AccessRequest request, long now, out long ticks);
}
