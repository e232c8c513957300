using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AuthzCluster.Api.Transfer;

/// <summary>
/// Turns one YAML document into JSON, event by event. Aliases are refused (a few lines of them unfold into
/// gigabytes), and so are tags but that of strings.
/// </summary>
internal static class YamlToJson
{
    private const string StringTag = "tag:yaml.org,2002:str";

    public static ReadOnlyMemory<byte> Convert(ReadOnlyMemory<byte> yaml)
    {
        var bytes = new ArrayBufferWriter<byte>(Math.Max(1024, yaml.Length));
        try
        {
            using var text = new StreamReader(Stream(yaml), new UTF8Encoding(false, throwOnInvalidBytes: true));
            using var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { SkipValidation = true });
            Convert(new Parser(text), json);
        }
        catch (YamlException e)
        {
            throw Refused($"malformed YAML at line {e.Start.Line}, column {e.Start.Column}");
        }
        catch (DecoderFallbackException)
        {
            throw Refused(AttributeReader.BadText);
        }
        return bytes.WrittenMemory;
    }

    private static void Convert(Parser parser, Utf8JsonWriter json)
    {
        // One entry for each open collection: whether it is a mapping, and whether its next node is a key.
        var open = new Stack<(bool IsMapping, bool IsKey)>();
        var documents = 0;
        while (parser.MoveNext())
        {
            var at = parser.Current!;
            switch (at)
            {
                case DocumentStart when ++documents > 1:
                    throw Refused($"more than one YAML document, at line {at.Start.Line}");
                case AnchorAlias:
                    throw Refused($"YAML aliases are not taken, at line {at.Start.Line}");
                case MappingStart or SequenceStart when open.Count == StrictJson.MaxDepth:
                    throw Refused($"nested deeper than {StrictJson.MaxDepth} levels, at line {at.Start.Line}");
                case MappingStart or SequenceStart:
                    CheckTag((NodeEvent)at);
                    BeginNode(open, at);
                    Begin(at is MappingStart, json);
                    open.Push((at is MappingStart, at is MappingStart));
                    break;
                case MappingEnd:
                    open.Pop();
                    json.WriteEndObject();
                    break;
                case SequenceEnd:
                    open.Pop();
                    json.WriteEndArray();
                    break;
                case Scalar scalar:
                    CheckTag(scalar);
                    WriteScalar(scalar, open, json);
                    break;
            }
        }
    }

    private static void Begin(bool isMapping, Utf8JsonWriter json)
    {
        if (isMapping)
        {
            json.WriteStartObject();
        }
        else
        {
            json.WriteStartArray();
        }
    }

    // A collection stands where a value may; after it the mapping expects a key again.
    private static void BeginNode(Stack<(bool IsMapping, bool IsKey)> open, ParsingEvent at)
    {
        if (open.TryPop(out var parent))
        {
            open.Push(parent is (true, true) ? throw Refused($"a key must be a scalar, at line {at.Start.Line}") : (parent.IsMapping, parent.IsMapping));
        }
    }

    private static void WriteScalar(Scalar scalar, Stack<(bool IsMapping, bool IsKey)> open, Utf8JsonWriter json)
    {
        if (open.TryPop(out var parent))
        {
            open.Push((parent.IsMapping, parent.IsMapping && !parent.IsKey));
            if (parent is (true, true))
            {
                json.WritePropertyName(scalar.Value);
                return;
            }
        }
        var isString = scalar.Style != ScalarStyle.Plain || scalar.Tag == StringTag;
        if (!isString && YamlScalars.ToJson(scalar.Value) is { } raw)
        {
            json.WriteRawValue(raw, skipInputValidation: true);
        }
        else
        {
            json.WriteStringValue(scalar.Value);
        }
    }

    private static void CheckTag(NodeEvent node)
    {
        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific && node.Tag != StringTag)
        {
            throw Refused($"YAML tags are not taken, at line {node.Start.Line}");
        }
    }

    private static MemoryStream Stream(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array) ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false) : new MemoryStream(bytes.ToArray());

    private static ProblemException Refused(string message) => ProblemException.Invalid(StrictJson.Whole, message);
}
