using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using AuthzCluster.Api.Json;
using AuthzCluster.Api.Replies;

namespace AuthzCluster.Api.Evidence;

/// <summary>One JSON object a line, as it is listed.</summary>
internal sealed class NdjsonExport : AuditExport
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    protected override string ContentType => "application/x-ndjson";

    protected override string FileName => "audit.ndjson";

    protected override void WriteRecord(IBufferWriter<byte> to, AuditReply record)
    {
        using var json = new Utf8JsonWriter(to, Options);
        JsonSerializer.Serialize(json, record, ApiJson.Default.AuditReply);
        json.Flush();
        to.Write("\n"u8);
    }
}
