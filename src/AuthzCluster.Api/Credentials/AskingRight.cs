namespace AuthzCluster.Api.Credentials;

/// <summary>What the bearer of a credential may ask in a tenant in which it is valid. Of itself it may ask everything.</summary>
/// <param name="OfOthers">Whether it may ask about others.</param>
/// <param name="Why">Whether it may be told how a decision about others came about.</param>
internal sealed record AskingRight(bool OfOthers, bool Why);
