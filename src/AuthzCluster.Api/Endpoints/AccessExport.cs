using System.Text;
using System.Text.Json;
using AuthzCluster.Api.Evidence;
using AuthzCluster.Api.Json;
using AuthzCluster.Api.Replies;

namespace AuthzCluster.Api.Endpoints;

/// <summary>A form in which a review of access leaves as a whole.</summary>
/// <param name="ContentType">What it is.</param>
/// <param name="Head">What comes before the first entry.</param>
/// <param name="Write">Some entries.</param>
internal sealed record AccessExport(string ContentType, ReadOnlyMemory<byte> Head, Func<IReadOnlyList<AccessReply>, ReadOnlyMemory<byte>> Write)
{
    private static readonly AccessExport
        Csv = new("text/csv; charset=utf-8", Encoding.UTF8.GetBytes("principal_type,principal_id,permission,role,path,assignment,team,conditional,by,policy,denied_by\r\n"), WriteCsv),
        Lines = new("application/x-ndjson", default, WriteLines);

    /// <summary>By name; null: there is none.</summary>
    public static AccessExport? Find(string format) => format == "csv" ? Csv : format == "ndjson" ? Lines : null;

    private static ReadOnlyMemory<byte> WriteCsv(IReadOnlyList<AccessReply> entries)
    {
        var text = new StringBuilder();
        foreach (var entry in entries)
        {
            string?[] cells =
            [
                entry.Principal.Type, entry.Principal.Id, entry.Permission, entry.Role, string.Join(" > ", entry.Path), entry.Assignment, entry.Team, entry.Conditional ? "true" : "false",
                entry.By, entry.Policy, entry.DeniedBy is null ? null : string.Join(' ', entry.DeniedBy),
            ];
            for (var i = 0; i < cells.Length; i++)
            {
                CsvExport.Append(i == 0 ? text : text.Append(','), cells[i]);
            }
            text.Append("\r\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static ReadOnlyMemory<byte> WriteLines(IReadOnlyList<AccessReply> entries)
    {
        using var lines = new MemoryStream();
        foreach (var entry in entries)
        {
            JsonSerializer.Serialize(lines, entry, ApiJson.Default.AccessReply);
            lines.WriteByte((byte)'\n');
        }
        return lines.ToArray();
    }
}
