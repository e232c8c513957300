using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Domain.Policies.Expressions;

/// <summary>A literal.</summary>
internal sealed class ConstantNode(AttributeValue constant) : ValueNode
{
    public override AttributeKind? Kind => constant.Kind;

    public AttributeValue Value => constant;

    public override ValueState TryGet(AccessRequest request, long now, out AttributeValue value)
    {
        value = constant;
        return ValueState.Present;
    }
}

/// <summary>A path into the question.</summary>
internal sealed class PathNode(AttributePath path) : ValueNode
{
    public override ValueState TryGet(AccessRequest request, long now, out AttributeValue value) =>
        path.TryGet(request, out value) ? ValueState.Present : ValueState.Absent;
}

/// <summary><c>size(x)</c>: UTF-16 code units of a string, items of a list, names of an object.</summary>
internal sealed class SizeNode(ValueNode of) : ValueNode
{
    public override AttributeKind? Kind => AttributeKind.Number;

    public override ValueState TryGet(AccessRequest request, long now, out AttributeValue value)
    {
        var state = of.TryGet(request, now, out value);
        var size = state != ValueState.Present ? 0 : value.Kind switch
        {
            AttributeKind.String => value.AsString.Length,
            AttributeKind.List => value.AsList.Count,
            AttributeKind.Object => value.AsObject.Count,
            _ => -1,
        };
        value = AttributeValue.Of((decimal)size);
        return size < 0 ? ValueState.Error : state;
    }
}

/// <summary><c>lower(x)</c> and <c>upper(x)</c>, of no culture.</summary>
internal sealed class LetterCaseNode(ValueNode of, Func<string, string> change) : ValueNode
{
    // So that one question cannot make many terms copy much.
    private const int Longest = 4096;

    public override AttributeKind? Kind => AttributeKind.String;

    public override ValueState TryGet(AccessRequest request, long now, out AttributeValue value)
    {
        var state = of.TryGet(request, now, out value);
        if (state != ValueState.Present)
        {
            return state;
        }
        if (value.Kind != AttributeKind.String || value.AsString.Length > Longest)
        {
            return ValueState.Error;
        }
        value = AttributeValue.Of(change(value.AsString));
        return ValueState.Present;
    }
}

/// <summary><c>hour(t)</c> and <c>day_of_week(t)</c>, in UTC: how many whole units have passed, of so many.</summary>
internal sealed class InstantPartNode(InstantNode of, long unit, int units) : ValueNode
{
    public override AttributeKind? Kind => AttributeKind.Number;

    public override bool DependsOnTime => of.DependsOnTime;

    public override ValueState TryGet(AccessRequest request, long now, out AttributeValue value)
    {
        var state = of.TryGet(request, now, out var ticks);
        value = AttributeValue.Of((decimal)(ticks / unit % units));
        return state;
    }

    public override long ChangesAfter(long now) => of is NowNode ? NowNode.OrNever(((now / unit) + 1) * unit) : of.ChangesAfter(now);
}
