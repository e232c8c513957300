namespace AuthzCluster.Domain.Roles;

/// <summary>What a role gets through an edge to a parent.</summary>
public enum InheritanceType : byte
{
    /// <summary>All that the parent effectively has.</summary>
    Full = 0,
    /// <summary>Those of the parent's permissions that one of the edge's patterns covers.</summary>
    Partial = 1,
    /// <summary>All of them while the edge's conditions hold.</summary>
    Conditional = 2,
    /// <summary>Nothing; the edge counts for cycles and depth only.</summary>
    None = 3,
}
