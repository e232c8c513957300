namespace AuthzCluster.Domain.Policies;

/// <summary>What a condition came to. An error is neither: it makes a deny hold and anything else not hold.</summary>
public enum Truth : byte
{
    /// <summary>It does not hold.</summary>
    False,
    /// <summary>It holds.</summary>
    True,
    /// <summary>It could not be evaluated.</summary>
    Error,
}
