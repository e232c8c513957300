using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Api.Transfer;

/// <summary>Reads lists row by row, so that every bad row is named, not the first only.</summary>
internal static class JsonRows
{
    /// <summary>Makes of a row what it means; adds what is wrong under the row's path.</summary>
    public delegate TRow Convert<in TBody, out TRow>(TBody body, string path, List<FieldError> errors);

    /// <summary>The rows of the array that the reader stands on.</summary>
    public static List<TRow> Read<TBody, TRow>(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> json, string list, JsonTypeInfo<TBody> type, Convert<TBody, TRow> convert, ImportErrors errors)
        where TBody : class
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new BodyException("must be a list", reader.TokenStartIndex);
        }
        var rows = new List<TRow>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            ReadRow(ref reader, json, $"{list}[{rows.Count}]", type, convert, errors, rows);
        }
        return rows;
    }

    /// <summary>The rows of a text that has one value after the other.</summary>
    public static List<TRow> ReadLines<TBody, TRow>(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> json, string list, JsonTypeInfo<TBody> type, Convert<TBody, TRow> convert, ImportErrors errors)
        where TBody : class
    {
        var rows = new List<TRow>();
        do
        {
            ReadRow(ref reader, json, $"{list}[{rows.Count}]", type, convert, errors, rows);
        }
        while (reader.Read());
        return rows;
    }

    private static void ReadRow<TBody, TRow>(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> json, string path, JsonTypeInfo<TBody> type, Convert<TBody, TRow> convert, ImportErrors errors, List<TRow> rows)
        where TBody : class
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        var error = StrictJson.TryRead(json[start..(int)reader.BytesConsumed], type, out var body);
        if (error is not null)
        {
            errors.Add(new FieldError(error.Field == StrictJson.Whole ? path : $"{path}.{error.Field}", error.Message));
            rows.Add(default!); // keeps the count; nothing is done with rows once there is an error
            return;
        }
        rows.Add(convert(body!, $"{path}.", errors.OfRow));
        errors.EndRow();
    }
}
