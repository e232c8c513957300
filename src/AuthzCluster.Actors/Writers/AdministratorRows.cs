using AuthzCluster.Actors.Storage;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Actors.Writers;

/// <summary>How a commit takes its turn among those with which somebody stops administering <c>system</c>.</summary>
/// <param name="Before">The turn before it; null: there was none.</param>
/// <param name="Own">Its own; null: it needs none.</param>
internal sealed record AdministratorRows(string? Before, string? Own)
{
    /// <summary>Of a commit that needs no turn.</summary>
    public static AdministratorRows None { get; } = new(null, null);

    /// <summary>The turn behind that of a row.</summary>
    public static AdministratorRows Next(IndexRow? before, string own) => new(before?.Member, own);

    /// <summary>A commit that is done only where nobody took a turn since.</summary>
    public Commit Guard(Commit commit) => Own is null ? commit : commit with
    {
        Adds = [.. commit.Adds, Row(Own)],
        Removes = Before is null ? commit.Removes : [.. commit.Removes, Row(Before)],
        Requires = Before is null ? commit.Requires : [.. commit.Requires, Row(Before)],
        Vacant = Before is null ? [.. commit.Vacant, Row("")] : commit.Vacant,
    };

    private static IndexRow Row(string member) => new(TenantId.System, IndexNames.AdministratorTurns, "", member);
}
