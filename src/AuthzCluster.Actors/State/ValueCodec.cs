using System.Collections.Immutable;
using System.Globalization;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Actors.State;

/// <summary>Values, bags and conditions in stored form.</summary>
internal static class ValueCodec
{
    private const int Deepest = 64;

    // Stored: never renumber.
    private const byte NullTag = 0, FalseTag = 1, TrueTag = 2, NumberTag = 3, StringTag = 4, ListTag = 5, ObjectTag = 6;

    public static void Write(StateWriter to, AttributeBag bag)
    {
        to.Number(bag.Count);
        foreach (var (name, value) in bag)
        {
            to.Text(name);
            Write(to, value);
        }
    }

    public static AttributeBag ReadBag(ref StateReader from, int depth = 0)
    {
        var count = from.Count();
        if (count == 0)
        {
            return AttributeBag.Empty;
        }
        var entries = new KeyValuePair<string, AttributeValue>[count];
        for (var i = 0; i < count; i++)
        {
            entries[i] = new(from.Text(), Read(ref from, depth + 1));
        }
        return AttributeBag.Of(entries);
    }

    public static void Write(StateWriter to, ImmutableArray<Condition> conditions)
    {
        to.Number(conditions.Length);
        foreach (var condition in conditions)
        {
            to.Text(condition.Type);
            Write(to, condition.Params);
        }
    }

    public static ImmutableArray<Condition> ReadConditions(ref StateReader from)
    {
        var conditions = new Condition[from.Count()];
        for (var i = 0; i < conditions.Length; i++)
        {
            conditions[i] = new Condition(from.Text(), ReadBag(ref from));
        }
        return [.. conditions];
    }

    private static void Write(StateWriter to, AttributeValue value)
    {
        switch (value.Kind)
        {
            case AttributeKind.Boolean:
                to.Byte(value.AsBoolean ? TrueTag : FalseTag);
                break;
            case AttributeKind.Number:
                to.Byte(NumberTag);
                to.Text(value.NumberText);
                break;
            case AttributeKind.String:
                to.Byte(StringTag);
                to.Text(value.AsString);
                break;
            case AttributeKind.List:
                to.Byte(ListTag);
                to.Number(value.AsList.Count);
                foreach (var item in value.AsList)
                {
                    Write(to, item);
                }
                break;
            case AttributeKind.Object:
                to.Byte(ObjectTag);
                Write(to, value.AsObject);
                break;
            default:
                to.Byte(NullTag);
                break;
        }
    }

    private static AttributeValue Read(ref StateReader from, int depth)
    {
        if (depth > Deepest)
        {
            throw from.Damaged();
        }
        switch (from.Byte())
        {
            case NullTag:
                return AttributeValue.Null;
            case FalseTag:
                return AttributeValue.Of(false);
            case TrueTag:
                return AttributeValue.Of(true);
            case NumberTag:
                return ReadNumber(ref from);
            case StringTag:
                return AttributeValue.Of(from.Text());
            case ListTag:
                var items = new AttributeValue[from.Count()];
                for (var i = 0; i < items.Length; i++)
                {
                    items[i] = Read(ref from, depth + 1);
                }
                return AttributeValue.Of(items);
            case ObjectTag:
                return AttributeValue.Of(ReadBag(ref from, depth));
            default:
                throw from.Damaged();
        }
    }

    // A decimal is written without an exponent; what has one was a double, and a decimal could not hold it exactly.
    private static AttributeValue ReadNumber(ref StateReader from)
    {
        var text = from.Text();
        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var exact))
        {
            return AttributeValue.Of(exact);
        }
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var wide) ? AttributeValue.Of(wide) : throw from.Damaged();
    }
}
