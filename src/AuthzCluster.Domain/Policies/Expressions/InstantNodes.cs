using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Domain.Policies.Expressions;

/// <summary><c>now</c>, cut to microseconds as every instant that can be written.</summary>
internal sealed class NowNode : InstantNode
{
    public override bool DependsOnTime => true;

    public override ValueState TryGet(AccessRequest request, long now, out long ticks)
    {
        ticks = now - (now % TimeSpan.TicksPerMicrosecond);
        return ValueState.Present;
    }

    public override long ChangesAfter(long now) => now;

    /// <summary>An instant; never, where it is later than a date can say.</summary>
    public static long OrNever(long ticks) => ticks > DateTime.MaxValue.Ticks ? CompiledCondition.Never : ticks;
}

/// <summary><c>time("...")</c> of a literal.</summary>
internal sealed class InstantConstantNode(long constant) : InstantNode
{
    public long Ticks => constant;

    public override ValueState TryGet(AccessRequest request, long now, out long ticks)
    {
        ticks = constant;
        return ValueState.Present;
    }
}

/// <summary><c>time(x)</c> of what a question says.</summary>
internal sealed class InstantOfTextNode(ValueNode of) : InstantNode
{
    public override ValueState TryGet(AccessRequest request, long now, out long ticks)
    {
        var state = of.TryGet(request, now, out var value);
        var instant = default(DateTimeOffset);
        if (state == ValueState.Present && !(value.Kind == AttributeKind.String && InstantText.TryParse(value.AsString, out instant)))
        {
            state = ValueState.Error;
        }
        ticks = instant.UtcTicks;
        return state;
    }
}
