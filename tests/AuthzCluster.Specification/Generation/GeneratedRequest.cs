using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Specification.Generation;

/// <summary>A question, and the instant that it is asked about.</summary>
public sealed record GeneratedRequest(AccessRequest Request, DateTimeOffset At);
