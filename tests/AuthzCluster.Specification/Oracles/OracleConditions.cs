using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Specification.Oracles;

/// <summary>The oracle's conditions and paths, over one question.</summary>
internal sealed class OracleConditions(AccessRequest request, OraclePermission asked)
{
    public bool IsOwner => Find("resource.owner_id") == AttributeValue.Of(request.Subject.Id);

    // Null is an error; it stays one unless the others settle the matter either way.
    public bool? All(IEnumerable<Condition> conditions, DateTimeOffset now) => conditions.Select(one => Holds(one, now)).Aggregate((bool?)true, (sofar, next) => sofar & next);

    /// <summary>When time may change what a condition comes to.</summary>
    public static IEnumerable<DateTimeOffset> Boundaries(Condition condition, DateTimeOffset now) =>
        condition.Type == "expression" && condition.Params.TryGet("text", out var text) ? OracleExpression.Boundaries(text.AsString, now)
        : condition.Params.TryGet("condition", out var one) ? Boundaries(Inner(one), now)
        : condition.Params.TryGet("conditions", out var many) ? many.AsList.Select(Inner).SelectMany(inner => Boundaries(inner, now)) : [];

    private bool? Holds(Condition condition, DateTimeOffset now)
    {
        var list = condition.Params.TryGet("conditions", out var many) ? many.AsList.Select(Inner) : [];
        return condition.Type switch
        {
            "all" => All(list, now),
            "any" => list.Select(one => Holds(one, now)).Aggregate((bool?)false, (sofar, next) => sofar | next),
            "not" => condition.Params.TryGet("condition", out var one) ? !Holds(Inner(one), now) : null,
            "expression" => condition.Params.TryGet("text", out var text) ? OracleExpression.Holds(text.AsString, Find, now) : null,
            "resource_owner" => IsOwner,
            "time_range" => OracleTimes.Holds(condition.Params, now),
            "ip_range" => OracleAddresses.Holds(condition.Params, Find("context.ip_address")),
            "json_logic" => new OracleJsonLogic(request, asked).Holds(condition.Params),
            "attribute_match" => Match(condition.Params),
            _ => null,
        };
    }

    private static Condition Inner(AttributeValue value)
    {
        value.AsObject.TryGet("type", out var type);
        return new Condition(type.AsString, value.AsObject.TryGet("params", out var given) ? given.AsObject : AttributeBag.Empty);
    }

    private bool? Match(AttributeBag given)
    {
        given.TryGet("operator", out var name);
        given.TryGet("attribute", out var path);
        var actual = Find(path.AsString);
        AttributeValue? expected = !given.TryGet("expected", out var written) ? null
            : written is { Kind: AttributeKind.Object, AsObject.Count: 1 } && written.AsObject.TryGet("attribute", out var other) ? Find(other.AsString)
            : written;
        if (name.AsString == "exists")
        {
            return actual is not null;
        }
        if (actual is not { } a || expected is not { } e)
        {
            return name.AsString is "neq" or "not_in";
        }
        var (bothText, order) = (a.Kind == AttributeKind.String && e.Kind == AttributeKind.String, a.CompareTo(e));
        return name.AsString switch
        {
            "eq" => a == e,
            "neq" => a != e,
            "in" => e.Kind == AttributeKind.List ? e.AsList.Contains(a) : null,
            "not_in" => e.Kind == AttributeKind.List ? !e.AsList.Contains(a) : null,
            "gt" => order is null ? null : order > 0,
            "gte" => order is null ? null : order >= 0,
            "lt" => order is null ? null : order < 0,
            "lte" => order is null ? null : order <= 0,
            "contains" => a.Kind == AttributeKind.List ? a.AsList.Contains(e) : bothText ? a.AsString.Contains(e.AsString, StringComparison.Ordinal) : null,
            "starts_with" => bothText ? a.AsString.StartsWith(e.AsString, StringComparison.Ordinal) : null,
            _ => null,
        };
    }

    public AttributeValue? Find(string path)
    {
        var dot = path.IndexOf('.');
        var (root, rest) = dot < 0 ? ("", path) : (path[..dot], path[(dot + 1)..]);
        (AttributeBag bag, (string, string?)[] besides) = root switch
        {
            "subject" => (request.SubjectProperties, [("type", request.Subject.Type), ("id", request.Subject.Id)]),
            "resource" => (request.ResourceProperties, [("type", request.ResourceType ?? asked.Resource), ("id", request.ResourceId)]),
            "action" => (request.ActionProperties, [("name", asked.Action)]),
            _ => (request.Context, Array.Empty<(string, string?)>()),
        };
        rest = root is "" or "subject" or "resource" or "action" or "context" ? rest : path;
        rest = besides.Length > 0 && rest.StartsWith("properties.") ? rest["properties.".Length..] : rest;
        if (besides.FirstOrDefault(pair => pair.Item1 == rest && pair.Item2 is not null).Item2 is { } text)
        {
            return AttributeValue.Of(text);
        }
        AttributeValue? at = AttributeValue.Of(bag);
        foreach (var name in rest.Split('.'))
        {
            at = at is { Kind: AttributeKind.Object } inner && inner.AsObject.TryGet(name, out var next) ? next : null;
        }
        return at;
    }
}
