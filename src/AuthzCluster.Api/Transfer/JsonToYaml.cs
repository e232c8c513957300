using System.Text;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AuthzCluster.Api.Transfer;

/// <summary>Writes JSON as YAML, token by token; <see cref="YamlToJson"/> reads it back.</summary>
internal static class JsonToYaml
{
    public static byte[] Convert(ReadOnlySpan<byte> json)
    {
        using var stream = new MemoryStream(json.Length);
        using (var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true))
        {
            var yaml = new Emitter(text, new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024).WithNewLine("\n"));
            yaml.Emit(new StreamStart());
            yaml.Emit(new DocumentStart(null, null, isImplicit: true));
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
                yaml.Emit(EventOf(ref reader));
            }
            yaml.Emit(new DocumentEnd(isImplicit: true));
            yaml.Emit(new StreamEnd());
        }
        return stream.ToArray();
    }

    private static ParsingEvent EventOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, MappingStyle.Any),
        JsonTokenType.EndObject => new MappingEnd(),
        JsonTokenType.StartArray => new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Any),
        JsonTokenType.EndArray => new SequenceEnd(),
        JsonTokenType.PropertyName or JsonTokenType.String => Text(reader.GetString()!),
        _ => Scalar(Encoding.ASCII.GetString(reader.ValueSpan), ScalarStyle.Plain),
    };

    private static Scalar Text(string text) =>
        Scalar(text, text.Length == 0 || YamlScalars.IsAmbiguous(text) ? ScalarStyle.DoubleQuoted : ScalarStyle.Plain);

    private static Scalar Scalar(string text, ScalarStyle style) =>
        new(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: true, isQuotedImplicit: true);
}
