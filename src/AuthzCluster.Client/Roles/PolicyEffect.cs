namespace AuthzCluster.Client;

/// <summary>What a policy does with a question that it decides.</summary>
public enum PolicyEffect
{
    /// <summary>Allows what is granted, or what its own permissions cover.</summary>
    Allow,
    /// <summary>Denies, whatever is granted.</summary>
    Deny,
}
