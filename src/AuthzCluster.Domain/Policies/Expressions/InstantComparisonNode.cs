using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Domain.Policies.Expressions;

/// <summary>Two instants compared. Of <c>now</c> and a constant it is known when that changes.</summary>
internal sealed class InstantComparisonNode(string op, InstantNode left, InstantNode right) : ConditionNode
{
    private readonly (bool Earlier, bool Same, bool Later) _holds = op switch
    {
        "=" => (false, true, false),
        "!=" => (true, false, true),
        "<" => (true, false, false),
        "<=" => (true, true, false),
        ">" => (false, false, true),
        ">=" => (false, true, true),
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "no comparison of instants"),
    };

    public override bool DependsOnTime { get; } = left.DependsOnTime || right.DependsOnTime;

    public override Truth Evaluate(AccessRequest request, long now)
    {
        var (first, second) = (left.TryGet(request, now, out var a), right.TryGet(request, now, out var b));
        if (first == ValueState.Error || second == ValueState.Error)
        {
            return Truth.Error;
        }
        var holds = first == ValueState.Absent || second == ValueState.Absent ? op == "!="
            : a < b ? _holds.Earlier : a == b ? _holds.Same : _holds.Later;
        return holds ? Truth.True : Truth.False;
    }

    public override long ChangesAfter(long now) => (left, right) switch
    {
        (NowNode, InstantConstantNode constant) => ChangesAfter(now, constant.Ticks, _holds.Earlier, _holds.Later),
        (InstantConstantNode constant, NowNode) => ChangesAfter(now, constant.Ticks, _holds.Later, _holds.Earlier),
        _ => Math.Min(left.ChangesAfter(now), right.ChangesAfter(now)),
    };

    // It may change when the constant's microsecond begins, and when it is over.
    private long ChangesAfter(long now, long constant, bool before, bool after) =>
        now < constant && before != _holds.Same ? constant
        : now < constant + TimeSpan.TicksPerMicrosecond && _holds.Same != after ? NowNode.OrNever(constant + TimeSpan.TicksPerMicrosecond)
        : CompiledCondition.Never;
}
