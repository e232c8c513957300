using System.Globalization;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Api.Evidence;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Api.Replies;
using AuthzCluster.Domain.Administration;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Endpoints;

/// <summary>That the audit log is the one that was written, and copies of it to keep.</summary>
internal static class EvidenceEndpoints
{
    public static readonly ApiEndpoint[] All =
    [
        new("GET", "/api/v1/audit/verify", VerifyAsync, Rights.AuditRead) { Feature = Feature.Always, Query = ["checkpoint", "from"] },
        new("GET", "/api/v1/audit/checkpoint", CheckpointAsync, Rights.AuditRead) { Feature = Feature.Always },
        new("GET", "/api/v1/audit/keys", ListKeysAsync, Rights.AuditRead) { Feature = Feature.Always },
        new("GET", "/api/v1/audit/export", ExportAsync, Rights.AuditRead) { Feature = Feature.Always, Query = ["format", .. AuditEndpoints.Filters] },
    ];

    // In stretches, so that a log of any length is verified, and nobody works on for a caller who has gone.
    private static async Task VerifyAsync(ApiRequest request)
    {
        var from = From(request.Query.Text("from"));
        var kept = request.Query.Text("checkpoint") is { } signed ? ApiRequest.Ok(await request.Ports.Audit.OpenCheckpointAsync(request.Tenant, signed)).ToMark() : null;
        var (records, mark) = (0L, from ?? kept ?? AuditMark.Beginning);
        if (from is not null && kept is not null)
        {
            var there = ApiRequest.Ok(await request.Ports.Audit.VerifyAsync(request.Tenant, kept));
            if (there.Break is { } wrong && wrong.Sequence == kept.Sequence)
            {
                await ReplyAsync(0, there.End, wrong);
                return;
            }
        }
        while (true)
        {
            var stretch = ApiRequest.Ok(await request.Ports.Audit.VerifyAsync(request.Tenant, mark));
            (records, mark) = (records + stretch.Records, stretch.End);
            if (stretch.IsEnd)
            {
                await ReplyAsync(records, mark, stretch.Break);
                return;
            }
            request.Http.RequestAborted.ThrowIfCancellationRequested();
        }

        Task ReplyAsync(long count, AuditMark end, AuditBreak? found) => request.ReplyAsync(
            new VerificationReply(found is null, count, end.Sequence, end.Hash, found is null ? null : BreakReply.Of(found)), ApiJson.Default.VerificationReply);
    }

    private static async Task CheckpointAsync(ApiRequest request) => await request.ReplyAsync(
        CheckpointReply.Of(ApiRequest.Ok(await request.Ports.Audit.CheckpointAsync(request.Tenant))), ApiJson.Default.CheckpointReply);

    private static async Task ListKeysAsync(ApiRequest request) => await request.ReplyAsync(
        new KeySetReply([.. ApiRequest.Ok(await request.Ports.Audit.ListSigningKeysAsync()).Select(KeyReply.Of)]), ApiJson.Default.KeySetReply);

    private static async Task ExportAsync(ApiRequest request)
    {
        AuditExport export = request.Query.Text("format") switch
        {
            null or "ndjson" => new NdjsonExport(),
            "csv" => new CsvExport(),
            _ => throw ProblemException.Invalid("format", "must be `ndjson` or `csv`"),
        };
        await export.WriteAsync(request, AuditEndpoints.Read(request.Query, null, AuditExport.PageRecords));
    }

    private static AuditMark? From(string? text) =>
        text is null ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var from) && from >= 1 ? new AuditMark(from - 1)
        : throw ProblemException.Invalid("from", "must be a sequence, a whole number from 1");
}
