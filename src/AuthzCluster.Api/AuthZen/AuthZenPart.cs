using System.Text.Json;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Api.AuthZen;

/// <summary>
/// A subject, an action or a resource as it was sent: <c>{type, id, properties}</c> or <c>{name, properties}</c>. What is of a wrong type is noted and not thrown:
/// of an item of a batch it concerns that item alone.
/// </summary>
internal sealed record AuthZenPart
{
    // What has a name, and neither a type nor an id.
    private const string Action = "action";

    private string? _fault, _idFault;

    /// <summary>Says nothing.</summary>
    public static readonly AuthZenPart None = new();

    /// <summary>The type; null: not given, or an action.</summary>
    public string? Type { get; private set; }

    /// <summary>The id; null: not given, or an action.</summary>
    public string? Id { get; private set; }

    /// <summary>The name of an action; null: not given, or no action.</summary>
    public string? Name { get; private set; }

    /// <summary>The properties; none where none were given.</summary>
    public AttributeBag Properties { get; private set; } = AttributeBag.Empty;


    /// <summary>What is of a wrong type, with its place; null: nothing.</summary>
    public string? Fault => _fault ?? _idFault;

    /// <summary>Reads the value that the reader stands on; members that are not known are passed over.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="place">What it is called in what is said of it.</param>
    public static AuthZenPart Read(ref Utf8JsonReader reader, string place)
    {
        var part = new AuthZenPart();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            part._fault = $"{place} must be an object";
            LenientJson.Skip(ref reader);
            return part;
        }
        var names = new MemberNames();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            part.Take(ref reader, names.Add(ref reader), place);
        }
        return part;
    }

    /// <summary>This with what it lacks of a type, an id or a name, from a default. Properties are never merged.</summary>
    public AuthZenPart Over(AuthZenPart otherwise) =>
        this with { Type = Type ?? otherwise.Type, Id = Id ?? otherwise.Id, Name = Name ?? otherwise.Name };

    /// <summary>This with no id, whatever was sent as one.</summary>
    public AuthZenPart WithoutId() => this with { Id = null, _idFault = null };

    private void Take(ref Utf8JsonReader reader, string name, string place)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }
        switch (name)
        {
            case "properties" when reader.TokenType == JsonTokenType.StartObject:
                Properties = AttributeReader.ReadBag(ref reader);
                return;
            case "type" or "id" when place == Action:
            case "name" when place != Action:
                break;
            case "type" or "id" or "name" when reader.TokenType == JsonTokenType.String:
                Set(name, AttributeReader.Text(ref reader));
                return;
            case "properties":
                _fault ??= $"{place}.{name} must be an object";
                break;
            case "id":
                _idFault = $"{place}.id must be a string";
                break;
            case "type" or "name":
                _fault ??= $"{place}.{name} must be a string";
                break;
        }
        LenientJson.Skip(ref reader);
    }

    private void Set(string name, string text)
    {
        switch (name)
        {
            case "type":
                Type = text;
                break;
            case "id":
                Id = text;
                break;
            default:
                Name = text;
                break;
        }
    }
}
