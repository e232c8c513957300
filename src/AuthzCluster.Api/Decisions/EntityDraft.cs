using System.Text.Json;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Api.Decisions;

/// <summary>A subject, a resource or an action while it is read: <c>{type, id, properties}</c>, or <c>{name, properties}</c>.</summary>
internal struct EntityDraft
{
    private bool _hasProperties, _hasName, _hasId, _hasType;

    public string? Type { get; private set; }

    public string? Id { get; private set; }

    public string? Name { get; private set; }

    public AttributeBag Properties { get; private set; }

    /// <summary>Where it starts.</summary>
    public long Position { get; private init; }

    /// <summary>Reads the object that the reader stands on; an action has a name, the others have a type and an id.</summary>
    public static EntityDraft Read(ref Utf8JsonReader reader, bool isAction)
    {
        var draft = new EntityDraft { Position = reader.TokenStartIndex, Properties = AttributeBag.Empty };
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new BodyException("must be an object", reader.TokenStartIndex);
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            draft.Take(ref reader, isAction);
        }
        return draft;
    }

    private void Take(ref Utf8JsonReader reader, bool isAction)
    {
        var name = reader.TokenStartIndex;
        if (reader.ValueTextEquals("properties"u8))
        {
            Once(_hasProperties, name);
            _hasProperties = true;
            reader.Read();
            Properties = AttributeReader.ReadBag(ref reader);
        }
        else if (isAction && reader.ValueTextEquals("name"u8))
        {
            Once(_hasName, name);
            _hasName = true;
            Name = Text(ref reader, isType: false);
        }
        else if (!isAction && reader.ValueTextEquals("id"u8))
        {
            Once(_hasId, name);
            _hasId = true;
            Id = Text(ref reader, isType: false);
        }
        else if (!isAction && reader.ValueTextEquals("type"u8))
        {
            Once(_hasType, name);
            _hasType = true;
            Type = Text(ref reader, isType: true);
        }
        else
        {
            throw new BodyException("unknown member", name);
        }
    }

    private static string? Text(ref Utf8JsonReader reader, bool isType)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }
        if (isType && reader.ValueTextEquals("user"u8))
        {
            return Domain.Assignments.SubjectId.UserType;
        }
        return ReadId(ref reader);
    }

    /// <summary>Reads an id.</summary>
    public static string ReadId(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new BodyException("must be a string", reader.TokenStartIndex);
        }
        var id = AttributeReader.Text(ref reader);
        return Ids.Fault(id) is { } fault ? throw new BodyException(fault, reader.TokenStartIndex) : id;
    }

    private static void Once(bool isSeen, long position)
    {
        if (isSeen)
        {
            throw new BodyException("duplicate member", position);
        }
    }
}
