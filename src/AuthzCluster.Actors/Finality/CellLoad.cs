namespace AuthzCluster.Actors.Finality;

/// <summary>A read or a commit under way whose outcome a cell may be given: begun before it is sent, with the lease that was held then.</summary>
/// <param name="lease">The lease.</param>
public sealed class CellLoad(NodeLease lease)
{
    /// <summary>The lease that was held before it was sent.</summary>
    public NodeLease Lease { get; } = lease;

    /// <summary>The highest revision that was announced meanwhile: what is older is not taken.</summary>
    internal long Floor { get; set; } = long.MinValue;

    /// <summary>Another that is under way for the same cell.</summary>
    internal CellLoad? Next { get; set; }
}
