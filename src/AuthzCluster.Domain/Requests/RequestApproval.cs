namespace AuthzCluster.Domain.Requests;

/// <summary>One approval of a request.</summary>
/// <param name="By">Who, as <c>TYPE:ID</c>.</param>
/// <param name="At">When.</param>
/// <param name="Comment">In the approver's words.</param>
public sealed record RequestApproval(string By, DateTimeOffset At, string? Comment);
