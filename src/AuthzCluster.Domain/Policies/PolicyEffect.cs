namespace AuthzCluster.Domain.Policies;

/// <summary>What a policy does with a question that it decides. The numbers are stored.</summary>
public enum PolicyEffect : byte
{
    /// <summary>Allows what is granted, or what its own permissions cover.</summary>
    Allow = 0,
    /// <summary>Denies, whatever is granted.</summary>
    Deny = 1,
}
