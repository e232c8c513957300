using System.Buffers;
using AuthzCluster.Actors.Ports;
using AuthzCluster.Api.Endpoints;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Replies;

namespace AuthzCluster.Api.Evidence;

/// <summary>
/// Writes audit records as a stream, newest first as they are listed: those that were there when it began. A page at a time is in memory; who reads slowly is
/// waited for, without a place meanwhile. What goes wrong behind the first page breaks the stream off, without its end.
/// </summary>
internal abstract class AuditExport
{
    /// <summary>How many records a page has at most.</summary>
    public const int PageRecords = 500;

    protected abstract string ContentType { get; }

    protected abstract string FileName { get; }

    public async Task WriteAsync(ApiRequest request, AuditQuery query)
    {
        var page = ApiRequest.Ok(await request.Ports.Audit.ListAsync(request.Tenant, query));
        var (response, showsPolicies) = (request.Http.Response, await PolicyEndpoints.MayReadAsync(request));
        response.ContentType = ContentType;
        response.Headers.ContentDisposition = $"attachment; filename=\"{FileName}\"";
        WriteHead(response.BodyWriter);
        while (true)
        {
            foreach (var record in page.Items)
            {
                WriteRecord(response.BodyWriter, AuditReply.Of(record, showsPolicies));
            }
            await request.SendAsync(response.BodyWriter.FlushAsync(request.Http.RequestAborted).AsTask());
            if (page.Next is null)
            {
                return;
            }
            await request.GoOnAsync();
            page = ApiRequest.Ok(await request.Ports.Audit.ListAsync(request.Tenant, query with { Before = page.Items[^1].Sequence }));
        }
    }

    protected virtual void WriteHead(IBufferWriter<byte> to)
    {
    }

    protected abstract void WriteRecord(IBufferWriter<byte> to, AuditReply record);
}
