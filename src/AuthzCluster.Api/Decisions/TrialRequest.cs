using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Api.Decisions;

/// <summary>A policy to try.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Questions">What is asked with it, and what is expected: <c>allow</c>, <c>deny</c>, a reason, or nothing.</param>
internal sealed record TrialRequest(PolicyDraft Policy, IReadOnlyList<(Question Question, string? Expected)> Questions);
