namespace AuthzCluster.Domain.Policies;

/// <summary>What a policy can be found by.</summary>
internal enum PolicyPlace : byte
{
    Resource,
    ResourcePrefix,
    ResourceSuffix,
    Action,
    Principal,
}
