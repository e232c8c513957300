using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Policies.Expressions;

/// <summary>The functions of one argument; <c>exists</c>, which takes no value but a path, is the parser's.</summary>
internal static class ExpressionFunctions
{
    private const int DaysPerWeek = 7, HoursPerDay = 24;

    /// <summary>The call of a function, whose argument <paramref name="read"/> reads.</summary>
    public static ExpressionNode Call(ExpressionToken name, Func<ExpressionNode> read, int at) => name.Text switch
    {
        "size" => new SizeNode(Value(name, read(), at, "a string, a list or an object", AttributeKind.String, AttributeKind.List)),
        "lower" => new LetterCaseNode(Value(name, read(), at, "a string", AttributeKind.String), text => text.ToLowerInvariant()),
        "upper" => new LetterCaseNode(Value(name, read(), at, "a string", AttributeKind.String), text => text.ToUpperInvariant()),
        "time" => Time(Value(name, read(), at, "a string", AttributeKind.String), at),
        "hour" => new InstantPartNode(Instant(name, read(), at), TimeSpan.TicksPerHour, HoursPerDay),
        // The first day of all was a Monday.
        "day_of_week" => new InstantPartNode(Instant(name, read(), at), TimeSpan.TicksPerDay, DaysPerWeek),
        _ => throw new ExpressionException(name.Position, $"{name} is no function: there are exists, size, lower, upper, time, hour and day_of_week"),
    };

    private static ValueNode Value(ExpressionToken name, ExpressionNode argument, int at, string wanted, params ReadOnlySpan<AttributeKind> kinds)
    {
        var value = ExpressionOperators.Value(argument, at);
        return value.Kind is not { } kind || kinds.Contains(kind) ? value
            : throw new ExpressionException(at, $"{name} needs {wanted}, not {ExpressionOperators.Describe(kind)}");
    }

    private static InstantNode Instant(ExpressionToken name, ExpressionNode argument, int at) =>
        argument as InstantNode ?? throw new ExpressionException(at, $"{name} needs an instant: `now`, or time(...) of a text or path");

    private static InstantNode Time(ValueNode of, int at) =>
        of is not ConstantNode constant ? new InstantOfTextNode(of)
        : InstantText.TryParse(constant.Value.AsString, out var instant) ? new InstantConstantNode(instant.UtcTicks)
        : throw new ExpressionException(at, "expected an RFC 3339 time such as '2026-07-01T08:00:00Z'");
}
