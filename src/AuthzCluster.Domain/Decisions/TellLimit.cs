using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Decisions;

/// <summary>Bounds what an explanation tells: a question may hold much, and many conditions may see it.</summary>
internal sealed class TellLimit
{
    private const int Most = 20_000, LongestText = 1024;
    private static readonly AttributeValue TooLarge = AttributeValue.Of("(too large to be told)");

    private int _left = Most;

    /// <summary>Takes room for one more condition or value; false: there is none.</summary>
    public bool Take() => _left-- > 0;

    /// <summary>A value as it is told: the beginning of a long text, and of a large list or object that it is one.</summary>
    public static AttributeValue Cut(AttributeValue value) =>
        value.Kind == AttributeKind.String ? value.AsString.Length <= LongestText ? value : AttributeValue.Of(Beginning(value.AsString) + "…")
        : Measure(value, LongestText) < 0 ? TooLarge : value;

    // No half of a pair of surrogates at its end.
    private static string Beginning(string text) => text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)];

    // What is left of some room; negative: it did not fit, and was looked at no further.
    private static int Measure(AttributeValue value, int room)
    {
        room -= 1;
        if (value.Kind == AttributeKind.String)
        {
            return room - value.AsString.Length;
        }
        if (value.Kind == AttributeKind.List)
        {
            foreach (var item in value.AsList)
            {
                if ((room = Measure(item, room)) < 0)
                {
                    break;
                }
            }
        }
        else if (value.Kind == AttributeKind.Object)
        {
            foreach (var (name, item) in value.AsObject)
            {
                if ((room = Measure(item, room - name.Length)) < 0)
                {
                    break;
                }
            }
        }
        return room;
    }
}
