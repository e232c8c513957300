using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Api.Json;

/// <summary>Reads bodies, and tells what is wrong with one in the caller's terms.</summary>
internal static class StrictJson
{
    /// <summary>How deep a body may nest. Below what storage can read back, with the levels that it adds.</summary>
    public const int MaxDepth = 32;

    /// <summary>The field of an error that is about the whole body.</summary>
    public const string Whole = "body";

    public static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MaxDepth };

    /// <summary>Reads a body that must be an object.</summary>
    public static T Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type) where T : class
    {
        var error = TryRead(json, type, out var value);
        return error is null ? value! : throw ProblemException.Invalid([error]);
    }

    /// <summary>Reads one value; answers what is wrong with it, or null.</summary>
    public static FieldError? TryRead<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, out T? value) where T : class
    {
        value = null;
        if (json.TrimStart(" \t\r\n"u8).IsEmpty)
        {
            return new FieldError(Whole, "must be a JSON object, but is empty");
        }
        try
        {
            value = JsonSerializer.Deserialize(json, type);
            return value is null ? new FieldError(Whole, "must be a JSON object") : null;
        }
        catch (Exception e) when (IsFault(e))
        {
            return Describe(e, json);
        }
    }

    /// <summary>Whether an exception tells of a bad body.</summary>
    public static bool IsFault(Exception e) => e is JsonException or BodyException or InvalidOperationException { Source: "System.Text.Json" or "System.Text.Json.Rethrowable" };

    /// <summary>What an exception thrown while reading <paramref name="json"/> means to the caller.</summary>
    public static FieldError Describe(Exception fault, ReadOnlySpan<byte> json) => fault switch
    {
        BodyException body => new FieldError(Place(JsonPath.At(json, body.Position), body.Member), body.Message),
        JsonException { InnerException: InvalidOperationException inner } text when !IsWrongToken(inner) => new FieldError(Place(PathOf(text), null), AttributeReader.BadText),
        JsonException typed when !IsSyntax(typed) => Typed(typed),
        JsonException { LineNumber: { } line } syntax => new FieldError(Whole, $"{SyntaxFault(syntax)} at line {line + 1}, byte {syntax.BytePositionInLine + 1}"),
        _ => new FieldError(Whole, AttributeReader.BadText),
    };

    // Reading a number as text, as the framework says it; what else it says of text is that it is none.
    private static bool IsWrongToken(InvalidOperationException fault) => fault.Message.Contains("token type", StringComparison.Ordinal);

    private static string SyntaxFault(JsonException fault) =>
        fault.Message.Contains("maximum configured depth", StringComparison.Ordinal) ? $"nested deeper than {MaxDepth} levels" : "malformed JSON";

    // The framework says what kind of fault it is in its message only.
    private static FieldError Typed(JsonException fault) =>
        fault.Message.Contains("could not be mapped", StringComparison.Ordinal) ? new FieldError(Place(PathOf(fault), null), "unknown member")
        : fault.Message.StartsWith("Duplicate", StringComparison.Ordinal) ? new FieldError(Place(PathOf(fault), null), "duplicate member")
        : PathOf(fault).Length == 0 ? new FieldError(Whole, "must be a JSON object")
        : new FieldError(Place(PathOf(fault), null), "has the wrong type, or is out of range");

    private static bool IsSyntax(JsonException fault) => fault.InnerException is JsonException || fault.GetType() != typeof(JsonException);

    private static string PathOf(JsonException fault) => (fault.Path ?? "$").TrimStart('$').TrimStart('.');

    private static string Place(string path, string? member) =>
        member is null ? (path.Length == 0 ? Whole : path) : path.Length == 0 ? member : $"{path}.{member}";
}
