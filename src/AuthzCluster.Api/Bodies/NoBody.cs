namespace AuthzCluster.Api.Bodies;

/// <summary>An object that has nothing to say.</summary>
internal sealed record NoBody;
