namespace AuthzCluster.Actors.Views;

/// <summary>What an import row by row did.</summary>
/// <param name="Rows">Each row, in order.</param>
public sealed record RowsReport(IReadOnlyList<RowReport> Rows)
{
    /// <summary>How many rows came out so.</summary>
    public int Count(RowStatus status) => Rows.Count(row => row.Status == status);
}
