using System.Collections;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Attributes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace AuthzCluster.Api.Grpc;

/// <summary>Free data of messages. Its numbers are doubles, read as the shortest text of each.</summary>
internal static class Structs
{
    // As deep as in a body, less what a body has around it.
    private const int MaxDepth = StrictJson.MaxDepth - 3;

    /// <summary>The values of one; null has none.</summary>
    public static AttributeBag Read(Struct? data, string field) => data is null ? AttributeBag.Empty : Bag(data, field, 1);

    /// <summary>Ends a request whose message has data or times somewhere that cannot be written as JSON.</summary>
    public static void Check(IMessage message, string path = "")
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder().Where(field => field.FieldType == FieldType.Message))
        {
            var value = field.Accessor.GetValue(message);
            var name = path + field.Name;
            foreach (var (i, item) in (field.IsRepeated ? ((IEnumerable)value).Cast<IMessage>() : value is IMessage one ? [one] : []).Index())
            {
                CheckOne(item, field.IsRepeated ? $"{name}[{i}]" : name);
            }
        }
    }

    private static void CheckOne(IMessage item, string name)
    {
        switch (item)
        {
            case Struct data:
                Read(data, name);
                break;
            case Timestamp instant:
                Instants.Read(instant, name);
                break;
            default:
                Check(item, $"{name}.");
                break;
        }
    }

    private static AttributeBag Bag(Struct data, string field, int depth)
    {
        if (depth > MaxDepth)
        {
            throw ProblemException.Invalid(field, $"nested deeper than {MaxDepth} levels");
        }
        if (data.Fields.Count == 0)
        {
            return AttributeBag.Empty;
        }
        var entries = new KeyValuePair<string, AttributeValue>[data.Fields.Count];
        var count = 0;
        foreach (var (name, value) in data.Fields)
        {
            entries[count++] = KeyValuePair.Create(name, Value(value, field, depth));
        }
        return AttributeBag.Of(entries);
    }

    private static AttributeValue Value(Value value, string field, int depth) => value.KindCase switch
    {
        Google.Protobuf.WellKnownTypes.Value.KindOneofCase.NullValue => AttributeValue.Null,
        Google.Protobuf.WellKnownTypes.Value.KindOneofCase.BoolValue => AttributeValue.Of(value.BoolValue),
        Google.Protobuf.WellKnownTypes.Value.KindOneofCase.StringValue => AttributeValue.Of(value.StringValue),
        Google.Protobuf.WellKnownTypes.Value.KindOneofCase.NumberValue => Number(value.NumberValue, field),
        Google.Protobuf.WellKnownTypes.Value.KindOneofCase.StructValue => AttributeValue.Of(Bag(value.StructValue, field, depth + 1)),
        Google.Protobuf.WellKnownTypes.Value.KindOneofCase.ListValue => List(value.ListValue, field, depth + 1),
        _ => throw ProblemException.Invalid(field, "has a value that is of no kind"),
    };

    private static AttributeValue Number(double number, string field) =>
        double.IsFinite(number) ? AttributeValue.Of(number) : throw ProblemException.Invalid(field, "is a number out of range");

    private static AttributeValue List(ListValue list, string field, int depth) => depth > MaxDepth
        ? throw ProblemException.Invalid(field, $"nested deeper than {MaxDepth} levels")
        : AttributeValue.Of([.. list.Values.Select(value => Value(value, field, depth))]);
}
