using System.Xml;

namespace AuthzCluster.Client.Http;

/// <summary>What a role says of requests for it.</summary>
internal sealed record RequestPolicyWire
{
    public IReadOnlyList<string>? Requesters { get; init; }

    public IReadOnlyList<string>? Approvers { get; init; }

    public int Approvals { get; init; } = 1;

    public string? MaxDuration { get; init; }

    public bool RequireReason { get; init; }

    public bool RequireTicket { get; init; }

    public static RequestPolicyWire? Of(RequestRules? rules) => rules is null ? null : new()
    {
        Requesters = rules.Requesters,
        Approvers = rules.Approvers,
        Approvals = rules.Approvals,
        MaxDuration = rules.MaxDuration is { } longest ? XmlConvert.ToString(longest) : null,
        RequireReason = rules.RequireReason,
        RequireTicket = rules.RequireTicket,
    };

    public RequestRules Read() => new()
    {
        Requesters = Requesters ?? [],
        Approvers = Approvers ?? [],
        Approvals = Approvals,
        MaxDuration = MaxDuration is null ? null : XmlConvert.ToTimeSpan(MaxDuration),
        RequireReason = RequireReason,
        RequireTicket = RequireTicket,
    };
}
