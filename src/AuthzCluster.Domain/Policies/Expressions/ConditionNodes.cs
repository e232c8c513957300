using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Domain.Policies.Expressions;

/// <summary>Several joined by <c>and</c>, of which false decides, or by <c>or</c>, of which true does: the first that decides ends it, whatever errors
/// stand before it.</summary>
internal sealed class JoinedNode(Truth deciding, ConditionNode[] parts) : ConditionNode
{
    private readonly Truth _otherwise = Truths.Not(deciding);

    public override bool DependsOnTime { get; } = Array.Exists(parts, part => part.DependsOnTime);

    public override Truth Evaluate(AccessRequest request, long now)
    {
        var result = _otherwise;
        foreach (var part in parts)
        {
            var truth = part.Evaluate(request, now);
            if (truth == deciding)
            {
                return deciding;
            }
            result = truth == Truth.Error ? Truth.Error : result;
        }
        return result;
    }

    public override long ChangesAfter(long now) => parts.Min(part => part.ChangesAfter(now));
}

/// <summary><c>not</c>.</summary>
internal sealed class NotNode(ConditionNode inner) : ConditionNode
{
    public override bool DependsOnTime => inner.DependsOnTime;

    public override Truth Evaluate(AccessRequest request, long now) => Truths.Not(inner.Evaluate(request, now));

    public override long ChangesAfter(long now) => inner.ChangesAfter(now);
}

/// <summary>A value in the place of a condition: what is absent does not hold, what is no boolean is an error.</summary>
internal sealed class TruthNode(ValueNode of) : ConditionNode
{
    public override Truth Evaluate(AccessRequest request, long now) => of.TryGet(request, now, out var value) switch
    {
        ValueState.Absent => Truth.False,
        ValueState.Present when value.Kind == AttributeKind.Boolean => value.AsBoolean ? Truth.True : Truth.False,
        _ => Truth.Error,
    };
}

/// <summary><c>exists(path)</c>.</summary>
internal sealed class ExistsNode(AttributePath path) : ConditionNode
{
    public override Truth Evaluate(AccessRequest request, long now) => path.TryGet(request, out _) ? Truth.True : Truth.False;
}

/// <summary>Two values compared. An error in one is an error, whatever the other is; else <c>ofAbsent</c> where one is absent.</summary>
internal sealed class ComparisonNode(ValueNode left, ValueNode right, Func<AttributeValue, AttributeValue, Truth> compare, Truth ofAbsent) : ConditionNode
{
    public override bool DependsOnTime { get; } = left.DependsOnTime || right.DependsOnTime;

    public override Truth Evaluate(AccessRequest request, long now)
    {
        var (first, second) = (left.TryGet(request, now, out var a), right.TryGet(request, now, out var b));
        return first == ValueState.Error || second == ValueState.Error ? Truth.Error
            : first == ValueState.Present && second == ValueState.Present ? compare(a, b) : ofAbsent;
    }

    public override long ChangesAfter(long now) => Math.Min(left.ChangesAfter(now), right.ChangesAfter(now));
}
