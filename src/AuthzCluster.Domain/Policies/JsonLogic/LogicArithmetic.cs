using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Policies.JsonLogic;

/// <summary>The operators that reckon, in exact decimals. What is no number, division by zero and what no decimal holds fail the run.</summary>
internal static class LogicArithmetic
{
    public static AttributeValue Add(ref LogicRun run, LogicNode[] arguments)
    {
        var sum = 0m;
        foreach (var argument in arguments)
        {
            sum = Reckon(ref run, '+', sum, Written(ref run, argument));
        }
        return AttributeValue.Of(sum);
    }

    // One argument alone is itself.
    public static AttributeValue Multiply(ref LogicRun run, LogicNode[] arguments)
    {
        if (arguments.Length == 1)
        {
            return arguments[0].Evaluate(ref run);
        }
        var product = 1m;
        foreach (var argument in arguments)
        {
            product = Reckon(ref run, '*', product, Written(ref run, argument));
        }
        return AttributeValue.Of(product);
    }

    public static AttributeValue Subtract(ref LogicRun run, LogicNode[] arguments) =>
        arguments.Length == 1 ? AttributeValue.Of(-Number(ref run, arguments[0])) : OfTwo(ref run, '-', arguments);

    public static AttributeValue Divide(ref LogicRun run, LogicNode[] arguments) => OfTwo(ref run, '/', arguments);

    public static AttributeValue Remainder(ref LogicRun run, LogicNode[] arguments) => OfTwo(ref run, '%', arguments);

    public static AttributeValue Max(ref LogicRun run, LogicNode[] arguments) => Outermost(ref run, arguments, 1);

    public static AttributeValue Min(ref LogicRun run, LogicNode[] arguments) => Outermost(ref run, arguments, -1);

    private static AttributeValue Outermost(ref LogicRun run, LogicNode[] arguments, int sign)
    {
        AttributeValue outermost = default;
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!LogicValues.TryToNumber(arguments[i].Evaluate(ref run), out var number))
            {
                return run.Fail();
            }
            outermost = i == 0 || number.CompareTo(outermost) * sign > 0 ? number : outermost;
        }
        return outermost;
    }

    private static AttributeValue OfTwo(ref LogicRun run, char sign, LogicNode[] arguments)
    {
        var left = Number(ref run, arguments[0]);
        return AttributeValue.Of(Reckon(ref run, sign, left, Number(ref run, arguments[1])));
    }

    private static decimal Number(ref LogicRun run, LogicNode argument)
    {
        if (LogicValues.TryToNumber(argument.Evaluate(ref run), out var value) && value.TryGetDecimal(out var number))
        {
            return number;
        }
        run.Fail();
        return 0;
    }

    // Sums and products take what is written as a number alone: neither null, nor true, nor blank text is 0 or 1 to them.
    private static decimal Written(ref LogicRun run, LogicNode argument)
    {
        var value = argument.Evaluate(ref run);
        var isWritten = value.Kind == AttributeKind.Number || (value.Kind == AttributeKind.String && !value.AsString.AsSpan().IsWhiteSpace());
        if (isWritten && LogicValues.TryToNumber(value, out var number) && number.TryGetDecimal(out var exact))
        {
            return exact;
        }
        run.Fail();
        return 0;
    }

    private static decimal Reckon(ref LogicRun run, char sign, decimal left, decimal right)
    {
        if (run.Failed || (right == 0 && sign is '/' or '%'))
        {
            run.Fail();
            return 0;
        }
        try
        {
            return sign switch
            {
                '+' => left + right,
                '-' => left - right,
                '*' => left * right,
                '/' => left / right,
                _ => left % right,
            };
        }
        catch (OverflowException)
        {
            run.Fail();
            return 0;
        }
    }
}
