using System.Globalization;
using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Domain.Policies.JsonLogic;

/// <summary>What a <c>var</c> names: members of objects and places of lists, parted by dots; the empty path is all the data.</summary>
internal sealed class LogicPath
{
    /// <summary>The most characters of a path.</summary>
    public const int Longest = 512;

    private static readonly LogicPath All = new([], null, 0);

    private readonly string[] _names;
    private readonly AttributePath? _head;
    private readonly int _headLength;

    // The head is what an attribute path reads of a question without building anything: the root and one name.
    private LogicPath(string[] names, AttributePath? head, int headLength)
    {
        _names = names;
        _head = head;
        _headLength = headLength;
    }

    private static LogicPath Of(string text)
    {
        if (text.Length == 0)
        {
            return All;
        }
        var names = text.Split('.');
        if (names[0] is not ("subject" or "resource" or "action" or "context"))
        {
            return new LogicPath(names, null, 0);
        }
        var first = names.Length > 2 && names[0] != "context" && names[1] == LogicData.Properties ? 2 : 1;
        var isDirect = names.Length > first && (names[first] != LogicData.Properties || names[0] == "context");
        return new LogicPath(names, isDirect ? AttributePath.Parse($"{names[0]}.{names[first]}") : null, first + 1);
    }

    /// <summary>The path that a value names; null where it names none: a list, an object, and what is too long.</summary>
    public static LogicPath? Named(AttributeValue name)
    {
        var text = name.Kind == AttributeKind.Null ? "" : LogicValues.ToText(name);
        return text is { Length: <= Longest } ? Of(text) : null;
    }

    /// <summary>Finds what it names; false, and null, where that is absent.</summary>
    public bool TryFind(ref LogicRun run, out AttributeValue value)
    {
        value = default;
        if (_head is null || run.Question is not { } request)
        {
            value = run.Whole();
            return TryWalk(ref run, _names, ref value);
        }
        return _head.TryGet(request, out value) && TryWalk(ref run, _names.AsSpan(_headLength), ref value);
    }

    private static bool TryWalk(ref LogicRun run, ReadOnlySpan<string> names, ref AttributeValue value)
    {
        if (!run.Spend(names.Length))
        {
            value = default;
            return false;
        }
        foreach (var name in names)
        {
            var found = value.Kind switch
            {
                AttributeKind.Object => value.AsObject.TryGet(name, out value),
                AttributeKind.List => TryGetItem(value.AsList, name, out value),
                _ => false,
            };
            if (!found)
            {
                value = default;
                return false;
            }
        }
        return true;
    }

    private static bool TryGetItem(IReadOnlyList<AttributeValue> list, string name, out AttributeValue value)
    {
        var isPlace = name.Length is > 0 and < 10 && (name[0] != '0' || name.Length == 1)
            && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < list.Count;
        value = isPlace ? list[int.Parse(name, NumberStyles.None, CultureInfo.InvariantCulture)] : default;
        return isPlace;
    }
}
