using System.Collections.Immutable;
using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Api.Bodies;

/// <summary>What a role says of requests for it, as callers write and read it.</summary>
internal sealed record RequestPolicyBody
{
    public IReadOnlyList<string?>? Requesters { get; init; }

    public IReadOnlyList<string?>? Approvers { get; init; }

    public int? Approvals { get; init; }

    public string? MaxDuration { get; init; }

    public bool? RequireReason { get; init; }

    public bool? RequireTicket { get; init; }

    public static RequestPolicyBody? Of(RequestPolicy? policy) => policy is null ? null : new()
    {
        Requesters = policy.Requesters,
        Approvers = policy.Approvers,
        Approvals = policy.Approvals,
        MaxDuration = Durations.Format(policy.MaxDuration),
        RequireReason = policy.RequireReason,
        RequireTicket = policy.RequireTicket,
    };

    public RequestPolicy ToPolicy(string path, List<FieldError> errors) => new()
    {
        Requesters = Names(Requesters),
        Approvers = Names(Approvers),
        Approvals = Approvals ?? 1,
        MaxDuration = Durations.Read(MaxDuration, $"{path}max_duration", errors),
        RequireReason = RequireReason ?? false,
        RequireTicket = RequireTicket ?? false,
    };

    // What is no name is judged with the others.
    private static ImmutableArray<string> Names(IReadOnlyList<string?>? names) => [.. (names ?? []).Select(name => name ?? "")];
}
