using System.Text.Json.Nodes;

namespace AuthzCluster.Http.Tests.Fuzz;

/// <summary>Changes JSON texts at places that the fuzzer picks, in ways that no JSON library would write.</summary>
internal static class JsonPlaces
{
    private const string Mark = "@@place@@";

    // Below these a caller may put anything.
    private static readonly string[] Free = ["metadata", "scope", "properties", "context", "settings", "params"];

    /// <summary>The text with one value replaced by raw JSON; <paramref name="anywhere"/>: also where anything may stand.</summary>
    public static string Replace(string json, Random random, string raw, bool anywhere)
    {
        var root = JsonNode.Parse(json)!;
        var places = Places(root, anywhere).ToList();
        places[random.Next(places.Count)](JsonValue.Create(Mark));
        return root.ToJsonString().Replace($"\"{Mark}\"", raw, StringComparison.Ordinal);
    }

    /// <summary>The text with a member added to some object; <paramref name="anywhere"/>: also where any member may be.</summary>
    public static string Add(string json, Random random, string name, string raw, bool anywhere)
    {
        var root = JsonNode.Parse(json)!;
        var objects = Objects(root, anywhere).ToList();
        objects[random.Next(objects.Count)][Mark] = Mark;
        return root.ToJsonString().Replace($"\"{Mark}\":\"{Mark}\"", $"\"{name}\":{raw}", StringComparison.Ordinal);
    }

    /// <summary>The text with one member of some object twice.</summary>
    public static string Repeat(string json, Random random)
    {
        var root = JsonNode.Parse(json)!;
        var objects = Objects(root, anywhere: true).Where(one => one.Count > 0).ToList();
        var one = objects[random.Next(objects.Count)];
        var (name, value) = one.ElementAt(random.Next(one.Count));
        one[Mark] = value?.DeepClone();
        return root.ToJsonString().Replace($"\"{Mark}\":", $"\"{name}\":", StringComparison.Ordinal);
    }

    /// <summary>The text without one member.</summary>
    public static string Remove(string json, Random random)
    {
        var root = JsonNode.Parse(json)!;
        var objects = Objects(root, anywhere: true).Where(one => one.Count > 0).ToList();
        var one = objects[random.Next(objects.Count)];
        one.Remove(one.ElementAt(random.Next(one.Count)).Key);
        return root.ToJsonString();
    }

    private static IEnumerable<Action<JsonNode>> Places(JsonNode node, bool anywhere)
    {
        if (node is JsonObject members)
        {
            foreach (var (name, value) in members.ToList())
            {
                yield return other => members[name] = other;
                if (value is not null && (anywhere || !Free.Contains(name)))
                {
                    foreach (var place in Places(value, anywhere))
                    {
                        yield return place;
                    }
                }
            }
        }
        else if (node is JsonArray items)
        {
            for (var i = 0; i < items.Count; i++)
            {
                var index = i;
                yield return other => items[index] = other;
                if (items[i] is { } item)
                {
                    foreach (var place in Places(item, anywhere))
                    {
                        yield return place;
                    }
                }
            }
        }
    }

    private static IEnumerable<JsonObject> Objects(JsonNode node, bool anywhere) => node switch
    {
        JsonObject members => members.Where(member => member.Value is not null && (anywhere || !Free.Contains(member.Key)))
            .SelectMany(member => Objects(member.Value!, anywhere)).Prepend(members),
        JsonArray items => items.Where(item => item is not null).SelectMany(item => Objects(item!, anywhere)),
        _ => [],
    };
}
