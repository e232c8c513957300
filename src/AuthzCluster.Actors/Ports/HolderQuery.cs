namespace AuthzCluster.Actors.Ports;

/// <summary>Which assignments of a role to list.</summary>
/// <param name="After">Where the last page ended; null: from the first.</param>
/// <param name="Limit">1 to 1000.</param>
public sealed record HolderQuery(string? After, int Limit)
{
    /// <summary>Whether ended ones are listed too, as far as they are kept; otherwise those that are active, scheduled or suspended.</summary>
    public bool IncludeInactive { get; init; }

    /// <summary>Only those of principals of this type; null: of any.</summary>
    public string? PrincipalType { get; init; }
}
