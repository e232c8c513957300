using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AuthzCluster.Api.Json;
using AuthzCluster.Api.Replies;
using AuthzCluster.Domain.Attributes;

namespace AuthzCluster.Api.Evidence;

/// <summary>
/// Comma-separated values after RFC 4180: a line of names, every text in quotes. What a spreadsheet would take for a formula has an apostrophe before it.
/// States before and after are JSON in one field.
/// </summary>
internal sealed class CsvExport : AuditExport
{
    // With which formulas begin, or what is passed over before them; the wide forms too.
    private static readonly SearchValues<char> FormulaStarts = SearchValues.Create("=+-@\t\r\n＝＋－＠");

    protected override string ContentType => "text/csv; charset=utf-8; header=present";

    protected override string FileName => "audit.csv";

    protected override void WriteHead(IBufferWriter<byte> to) => Encoding.UTF8.GetBytes(
        "sequence,id,time,action,actor,target_type,target_id,reason,request_id,before,after,previous_hash,hash\r\n", to);

    protected override void WriteRecord(IBufferWriter<byte> to, AuditReply record)
    {
        Span<string?> fields =
        [
            record.Id, record.Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture), record.Action, record.Actor,
            record.Target.Type, record.Target.Id, record.Reason, record.RequestId, Json(record.Before), Json(record.After), record.PreviousHash, record.Hash,
        ];
        var line = new StringBuilder(512).Append(CultureInfo.InvariantCulture, $"{record.Sequence}");
        foreach (var field in fields)
        {
            line.Append(',');
            Append(line, field);
        }
        foreach (var chunk in line.Append("\r\n").GetChunks())
        {
            Encoding.UTF8.GetBytes(chunk.Span, to);
        }
    }

    /// <summary>Nothing is nothing, and an empty text is a pair of quotes.</summary>
    internal static void Append(StringBuilder line, string? field)
    {
        if (field is null)
        {
            return;
        }
        var isFormula = field.Length > 0 && FormulaStarts.Contains(field.AsSpan().TrimStart(' ') is { IsEmpty: false } rest ? rest[0] : ' ');
        line.Append(isFormula ? "\"'" : "\"").Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }

    private static string? Json(AttributeBag? bag)
    {
        if (bag is null)
        {
            return null;
        }
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            new AttributeBagConverter().Write(json, bag, JsonSerializerOptions.Default);
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
