using AuthzCluster.Domain.Decisions;

namespace AuthzCluster.Api.Decisions;

/// <summary>One question as a caller asks it.</summary>
/// <param name="Request">What is asked.</param>
/// <param name="At">The instant asked about; null: now.</param>
/// <param name="Explain">Whether the trace is wanted.</param>
internal readonly record struct Question(AccessRequest Request, DateTimeOffset? At, bool Explain);
