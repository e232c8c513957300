using System.Globalization;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Api.Json;
using System.Text;
using System.Text.Json;

namespace AuthzCluster.Api.Http;

/// <summary>The query of a request. Unknown and repeated parameters are errors: a typo must not be silently dropped.</summary>
internal sealed class Query
{
    public static readonly Query Empty = new([]);

    private readonly Dictionary<string, string> _values;

    private Query(Dictionary<string, string> values) => _values = values;

    public static Query Parse(ReadOnlySpan<char> raw, IReadOnlyList<string> known)
    {
        if (raw.IsEmpty)
        {
            return Empty;
        }
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var range in raw.Split('&'))
        {
            var pair = raw[range];
            if (pair.IsEmpty)
            {
                continue;
            }
            var equals = pair.IndexOf('=');
            var name = Decode(equals < 0 ? pair : pair[..equals], "query");
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                throw ProblemException.Invalid(name, "unknown query parameter");
            }
            if (!values.TryAdd(name, equals < 0 ? "" : Decode(pair[(equals + 1)..], name)))
            {
                throw ProblemException.Invalid(name, "must be given once only");
            }
        }
        return new Query(values);
    }

    /// <summary>All that was given.</summary>
    public IReadOnlyDictionary<string, string> All => _values;

    /// <summary>The value; null where it is absent or empty.</summary>
    public string? Text(string name) => _values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public bool Flag(string name, bool otherwise = false) => Text(name) switch
    {
        null => otherwise,
        "true" => true,
        "false" => false,
        _ => throw ProblemException.Invalid(name, "must be `true` or `false`"),
    };

    public int Limit()
    {
        const string name = "limit";
        return Text(name) is not { } text ? 100
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= 1000 ? limit
            : throw ProblemException.Invalid(name, "must be a whole number from 1 to 1000");
    }

    public DateTimeOffset? Time(string name) =>
        Text(name) is not { } text ? null
        // A `+` that was not encoded has become a space.
        : Times.TryParse(text.Replace(' ', '+'), out var instant) ? instant
        : throw ProblemException.Invalid(name, Times.Rule);

    /// <summary>A JSON object; null where it is absent.</summary>
    public AttributeBag? Object(string name)
    {
        // Empty is no absence here: a revoke whose scope got lost on the way must not end everything.
        if (!_values.TryGetValue(name, out var text))
        {
            return null;
        }
        if (text.Length == 0)
        {
            throw ProblemException.Invalid(name, "must be a JSON object, or be left out");
        }
        var json = Encoding.UTF8.GetBytes(text);
        try
        {
            var reader = new Utf8JsonReader(json, StrictJson.ReaderOptions);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw ProblemException.Invalid(name, "must be a JSON object");
            }
            var bag = AttributeReader.ReadBag(ref reader);
            return reader.Read() ? throw ProblemException.Invalid(name, "must be one JSON object") : bag;
        }
        catch (Exception e) when (StrictJson.IsFault(e))
        {
            throw ProblemException.Invalid(name, $"{StrictJson.Describe(e, json).Message} (in a JSON object)");
        }
    }

    private static string Decode(ReadOnlySpan<char> raw, string field) =>
        PercentDecoder.TryDecode(raw, plusIsSpace: true, out var text) ? text : throw ProblemException.Invalid(field, "is not percent-encoded UTF-8");
}
