namespace AuthzCluster.Api.Replies;

/// <summary>One approval of a request.</summary>
internal sealed record RequestApprovalReply(string By, DateTimeOffset At, string? Comment);
