using System.Text.Json.Serialization;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Actors.Views;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;

namespace AuthzCluster.Api.Replies;

/// <summary>What a model import did.</summary>
internal sealed record ImportReply(
    int Created, int Updated, int Unchanged, int PoliciesCreated, int PoliciesUpdated, int PoliciesRemoved, IReadOnlyList<string> Warnings)
{
    public static ImportReply Of(ImportReport report) => new(
        report.Created, report.Updated, report.Unchanged, report.PoliciesCreated, report.PoliciesUpdated, report.PoliciesRemoved, report.Warnings);
}

/// <summary>What an import row by row did.</summary>
internal sealed record RowsReply(int Created, int Updated, int Unchanged, int Failed, IReadOnlyList<RowReply> Rows)
{
    public static RowsReply Of(RowsReport report) => new(
        report.Count(RowStatus.Created), report.Count(RowStatus.Updated), report.Count(RowStatus.Unchanged), report.Count(RowStatus.Failed),
        [.. report.Rows.Select(row => new RowReply(row.Row, EnumText.Of(row.Status), row.Error is { } error ? ErrorTable.Of(error.Code).Code : null))]);
}

/// <summary>What became of a row.</summary>
internal sealed record RowReply(
    int Row, string Status, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code);
