using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Api.Transfer;

/// <summary>Reads lists row by row, so that every bad row is named, not the first only.</summary>
/// <param name="list">The list's name in paths.</param>
/// <param name="type">How a row is read.</param>
/// <param name="convert">Makes of a row what it means; adds what is wrong under the row's path.</param>
/// <param name="standIn">Makes what takes the place of a bad row.</param>
/// <param name="errors">Where bad rows are named.</param>
internal sealed class JsonRows<TBody, TRow>(
    string list, JsonTypeInfo<TBody> type, JsonRows<TBody, TRow>.Conversion convert, JsonRows<TBody, TRow>.Replacement standIn, ImportErrors errors)
    where TBody : class
{
    /// <summary>Makes of a row what it means.</summary>
    public delegate TRow Conversion(TBody body, string path, List<FieldError> errors);

    /// <summary>Makes what takes the place of a bad row.</summary>
    public delegate TRow Replacement(ReadOnlySpan<byte> row, string path);

    /// <summary>The rows of the array that the reader stands on.</summary>
    public List<TRow> Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new BodyException("must be a list", reader.TokenStartIndex);
        }
        var rows = new List<TRow>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            rows.Add(ReadRow(ref reader, json, $"{list}[{rows.Count}]"));
        }
        return rows;
    }

    /// <summary>The rows of a text that has one value after the other; the reader stands on the first.</summary>
    public List<TRow> ReadLines(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var rows = new List<TRow>();
        do
        {
            rows.Add(ReadRow(ref reader, json, $"{list}[{rows.Count}]"));
        }
        while (reader.Read());
        return rows;
    }

    private TRow ReadRow(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, string path)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        var row = json[start..(int)reader.BytesConsumed];
        var error = StrictJson.TryRead(row, type, out var body);
        if (error is not null)
        {
            errors.OfRow.Add(new FieldError(error.Field == StrictJson.Whole ? path : $"{path}.{error.Field}", error.Message));
        }
        var converted = error is null ? convert(body!, $"{path}.", errors.OfRow) : default;
        return errors.EndRow(path) ? standIn(row, path) : converted!;
    }
}
