namespace AuthzCluster.Client;

/// <summary>Who may ask for a role, who approves that, and what a request must say. Principals are <c>TYPE:ID</c>, among them <c>team:ID</c> and <c>role:NAME</c>.</summary>
public sealed record RequestRules
{
    /// <summary>For whom the role may be asked, and who may so for themselves; empty: for anybody, by who may ask for others.</summary>
    public IReadOnlyList<string> Requesters { get; init; } = [];

    /// <summary>Who approves, of those who have the right; empty: all of them.</summary>
    public IReadOnlyList<string> Approvers { get; init; } = [];

    /// <summary>How many have to approve; 1 to 10.</summary>
    public int Approvals { get; init; } = 1;

    /// <summary>The longest that may be asked for; null: without end.</summary>
    public TimeSpan? MaxDuration { get; init; }

    /// <summary>Whether a request has to say why.</summary>
    public bool RequireReason { get; init; }

    /// <summary>Whether a request has to name a ticket.</summary>
    public bool RequireTicket { get; init; }
}
