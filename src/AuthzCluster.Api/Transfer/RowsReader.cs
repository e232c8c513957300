using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Api.Transfer;

/// <summary>Reads an import that is nothing but rows: an array, or one object after the other.</summary>
internal static class RowsReader
{
    private const string List = "rows";
    private static readonly JsonReaderOptions Options = StrictJson.ReaderOptions with { AllowMultipleValues = true };

    /// <summary>The rows; null in the place of a bad one.</summary>
    public static ReadImport<IReadOnlyList<TRow?>> Read<TBody, TRow>(
        ReadOnlyMemory<byte> body, JsonTypeInfo<TBody> type, JsonRows<TBody, TRow?>.Conversion convert)
        where TBody : class
        where TRow : class
    {
        var errors = new ImportErrors();
        try
        {
            var reader = new Utf8JsonReader(body.Span, Options);
            if (!reader.Read())
            {
                return new([], errors);
            }
            var isArray = reader.TokenType == JsonTokenType.StartArray;
            var list = new JsonRows<TBody, TRow?>(List, type, convert, (_, _) => null, errors);
            var rows = isArray ? list.Read(ref reader, body.Span) : list.ReadLines(ref reader, body.Span);
            if (isArray && reader.Read())
            {
                errors.Add(new FieldError(StrictJson.Whole, "must be one array, or objects one after the other"));
            }
            return new(rows, errors);
        }
        catch (Exception e) when (StrictJson.IsFault(e))
        {
            throw ProblemException.Invalid([StrictJson.Describe(e, body.Span)]);
        }
    }

    /// <summary>The place of an error in the body: the port counts the good rows only.</summary>
    /// <param name="field">The place as the port tells it, such as <c>rows[3].role</c>.</param>
    /// <param name="rowOf">The row of the body that a row of the port's is.</param>
    public static string PathOf(string field, Func<int, int> rowOf)
    {
        var end = field.IndexOf(']', StringComparison.Ordinal);
        return end > List.Length && int.TryParse(field.AsSpan(List.Length + 1, end - List.Length - 1), out var row)
            ? $"{List}[{rowOf(row)}{field[end..]}" : field;
    }
}
