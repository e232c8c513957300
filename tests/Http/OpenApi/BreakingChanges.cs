using System.Text.Json;

namespace AuthzCluster.Http.Tests.OpenApi;

/// <summary>What of a released description a later one breaks: whoever does as the released one says must be served as it says.</summary>
internal sealed class BreakingChanges(JsonElement released, JsonElement current)
{
    // Schemas refer to each other, and to themselves.
    private readonly HashSet<(string, string, bool)> _compared = [];

    /// <summary>Each, with its place; empty: nothing.</summary>
    public List<string> Find()
    {
        var found = new List<string>();
        foreach (var path in released.GetProperty("paths").EnumerateObject())
        {
            if (!current.GetProperty("paths").TryGetProperty(path.Name, out var methods))
            {
                found.Add($"{path.Name} is gone");
                continue;
            }
            foreach (var method in path.Value.EnumerateObject())
            {
                if (methods.TryGetProperty(method.Name, out var operation))
                {
                    Operation($"{method.Name} {path.Name}", method.Value, operation, found);
                }
                else
                {
                    found.Add($"{method.Name} {path.Name} is gone");
                }
            }
        }
        return found;
    }

    private void Operation(string name, JsonElement old, JsonElement now, List<string> found)
    {
        CompareParameters(name, Parameters(old), Parameters(now), found);
        var hasBody = now.TryGetProperty("requestBody", out var body);
        if (old.TryGetProperty("requestBody", out var before))
        {
            if (!hasBody)
            {
                found.Add($"{name}: its body is taken no more");
                return;
            }
            Content($"{name}: request", before, body, isRequest: true, found);
        }
        if (hasBody && IsRequired(body) && !(before.ValueKind == JsonValueKind.Object && IsRequired(before)))
        {
            found.Add($"{name}: a body is needed");
        }
        CompareResponses(name, old.GetProperty("responses"), now.GetProperty("responses"), found);
    }

    private void CompareParameters(string name, Dictionary<string, JsonElement> known, Dictionary<string, JsonElement> told, List<string> found)
    {
        foreach (var (one, parameter) in known)
        {
            if (told.TryGetValue(one, out var same))
            {
                Schema($"{name}: {one}", parameter.GetProperty("schema"), same.GetProperty("schema"), isRequest: true, found);
            }
            else
            {
                found.Add($"{name}: {one} is taken no more");
            }
        }
        found.AddRange(told.Where(one => IsRequired(one.Value) && !(known.TryGetValue(one.Key, out var before) && IsRequired(before))).Select(one => $"{name}: {one.Key} is needed"));
    }

    // A refusal may become none; one that stays says what it said.
    private void CompareResponses(string name, JsonElement old, JsonElement now, List<string> found)
    {
        foreach (var response in old.EnumerateObject())
        {
            if (now.TryGetProperty(response.Name, out var same))
            {
                Content($"{name}: {response.Name}", response.Value, same, isRequest: false, found);
                found.AddRange(Headers(response.Value).Except(Headers(same)).Select(header => $"{name}: {response.Name} has no {header} any more"));
            }
            else if (response.Name[0] == '2')
            {
                found.Add($"{name}: {response.Name} is answered no more");
            }
        }
    }

    private static IEnumerable<string> Headers(JsonElement response) => response.TryGetProperty("headers", out var headers) ? headers.EnumerateObject().Select(header => header.Name) : [];

    private static Dictionary<string, JsonElement> Parameters(JsonElement operation) =>
        operation.GetProperty("parameters").EnumerateArray().ToDictionary(one => $"{one.GetProperty("in")} {one.GetProperty("name")}");

    private static bool IsRequired(JsonElement element) => element.TryGetProperty("required", out var required) && required.GetBoolean();

    private void Content(string place, JsonElement old, JsonElement now, bool isRequest, List<string> found)
    {
        if (!old.TryGetProperty("content", out var types))
        {
            return;
        }
        foreach (var type in types.EnumerateObject())
        {
            if (now.TryGetProperty("content", out var others) && others.TryGetProperty(type.Name, out var same))
            {
                Schema(place, type.Value.GetProperty("schema"), same.GetProperty("schema"), isRequest, found);
            }
            else
            {
                found.Add($"{place}: {type.Name} is gone");
            }
        }
    }

    private void Schema(string place, JsonElement old, JsonElement now, bool isRequest, List<string> found)
    {
        var (from, to) = (Reference(old), Reference(now));
        if (from is not null && to is not null && !_compared.Add((from, to, isRequest)))
        {
            return;
        }
        (old, now) = (Resolve(released, old, from), Resolve(current, now, to));
        if (old.TryGetProperty("anyOf", out _) || now.TryGetProperty("anyOf", out _))
        {
            Choices(place, Alternatives(old), Alternatives(now), isRequest, found);
            return;
        }
        // Who sends may send less kinds of values than are taken; who reads must know all that may come.
        var (narrow, wide) = isRequest ? (old, now) : (now, old);
        if (Types(wide) is { } taken && (Types(narrow) is not { } sent || sent.Except(taken).Any()))
        {
            found.Add($"{place} is of another type");
        }
        if (isRequest && Values(wide) is { } values && (Values(narrow) is not { } asked || asked.Except(values).Any()))
        {
            found.Add($"{place} has fewer values");
        }
        if (Format(wide) is { } format && Format(narrow) != format)
        {
            found.Add($"{place} is in another form");
        }
        var (required, needed) = (Required(old), Required(now));
        found.AddRange(isRequest ? needed.Except(required).Select(name => $"{place}.{name} is needed") : required.Except(needed).Select(name => $"{place}.{name} may be left out"));
        Members(place, old, now, isRequest, found);
        if (old.TryGetProperty("items", out var items) && now.TryGetProperty("items", out var others))
        {
            Schema($"{place}[]", items, others, isRequest, found);
        }
    }

    // Each that may be sent is taken by one of those there are now; each that may come is one of those that were known.
    private void Choices(string place, JsonElement[] old, JsonElement[] now, bool isRequest, List<string> found)
    {
        var (each, some) = isRequest ? (old, now) : (now, old);
        foreach (var (one, at) in each.Select((one, at) => (one, at)))
        {
            if (!some.Any(other => isRequest ? Fits(one, other, isRequest) : Fits(other, one, isRequest)))
            {
                found.Add($"{place}: choice {at} is {(isRequest ? "taken no more" : "a new one")}");
            }
        }
    }

    private bool Fits(JsonElement old, JsonElement now, bool isRequest)
    {
        // What was compared elsewhere may have been found wanting there, and what fails here is no finding of its own.
        var found = new List<string>();
        new BreakingChanges(released, current).Schema("", old, now, isRequest, found);
        return found.Count == 0;
    }

    private static JsonElement[] Alternatives(JsonElement schema) => schema.TryGetProperty("anyOf", out var any) ? [.. any.EnumerateArray()] : [schema];

    private void Members(string place, JsonElement old, JsonElement now, bool isRequest, List<string> found)
    {
        if (!old.TryGetProperty("properties", out var members))
        {
            return;
        }
        foreach (var member in members.EnumerateObject())
        {
            if (now.TryGetProperty("properties", out var others) && others.TryGetProperty(member.Name, out var same))
            {
                Schema($"{place}.{member.Name}", member.Value, same, isRequest, found);
            }
            else
            {
                found.Add($"{place}.{member.Name} is gone");
            }
        }
    }

    private static string? Reference(JsonElement schema) => schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$ref", out var reference) ? reference.GetString()!.Split('/')[^1] : null;

    private static JsonElement Resolve(JsonElement description, JsonElement schema, string? reference) =>
        reference is null ? schema : description.GetProperty("components").GetProperty("schemas").GetProperty(reference);

    private static string[]? Types(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? null
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(one => one.GetString()!)] : [type.GetString()!];

    private static string? Format(JsonElement schema) => schema.TryGetProperty("format", out var format) ? format.GetString() : null;

    private static string[]? Values(JsonElement schema) => schema.TryGetProperty("enum", out var values) ? [.. values.EnumerateArray().Select(one => one.ToString())] : null;

    private static string[] Required(JsonElement schema) => schema.TryGetProperty("required", out var names) ? [.. names.EnumerateArray().Select(one => one.GetString()!)] : [];
}
