using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Domain.Attributes;

/// <summary>Bounds of free data that is stored.</summary>
internal static class AttributeRules
{
    /// <summary>Deeper nesting than this is refused: every walk over values is recursive.</summary>
    public const int Deepest = 32;

    /// <summary>Adds what is wrong with free data of at most <paramref name="longest"/> characters of text in all.</summary>
    public static void Check(AttributeBag bag, string path, int longest, List<FieldError> errors)
    {
        var size = 0L;
        var problem = Walk(AttributeValue.Of(bag), 0, ref size);
        if (problem is null && size > longest)
        {
            problem = $"must have at most {longest} characters of text in all";
        }
        if (problem is not null)
        {
            errors.Add(new FieldError(path, problem));
        }
    }

    private static string? Walk(AttributeValue value, int depth, ref long size)
    {
        if (depth > Deepest)
        {
            return $"must not be nested deeper than {Deepest}";
        }
        size += 1;
        switch (value.Kind)
        {
            case AttributeKind.String:
                size += value.AsString.Length;
                return TextRules.IsValid(value.AsString) ? null : "must be valid Unicode";
            case AttributeKind.Number:
                size += value.NumberText.Length;
                return null;
            case AttributeKind.List:
                foreach (var item in value.AsList)
                {
                    if (Walk(item, depth + 1, ref size) is { } problem)
                    {
                        return problem;
                    }
                }
                return null;
            case AttributeKind.Object:
                foreach (var (name, item) in value.AsObject)
                {
                    size += name.Length;
                    if ((TextRules.IsValid(name) ? Walk(item, depth + 1, ref size) : "must be valid Unicode") is { } problem)
                    {
                        return problem;
                    }
                }
                return null;
            default:
                return null;
        }
    }
}
