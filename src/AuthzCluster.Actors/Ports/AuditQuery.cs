namespace AuthzCluster.Actors.Ports;

/// <summary>Which audit records to list, newest first.</summary>
/// <param name="Before">Only sequences below this; null: from the newest.</param>
/// <param name="Limit">1 to 1000.</param>
public sealed record AuditQuery(long? Before, int Limit)
{
    /// <summary>Only by this actor, <c>TYPE:ID</c>.</summary>
    public string? Actor { get; init; }

    /// <summary>
    /// Only about this: its id, or <c>TYPE:ID</c> with its kind. Records of an assignment are about its principal and its role
    /// too, those of a membership about the member.
    /// </summary>
    public string? Target { get; init; }

    /// <summary>Only this action.</summary>
    public string? Action { get; init; }

    /// <summary>Only from then on (inclusive).</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only before then (exclusive).</summary>
    public DateTimeOffset? To { get; init; }
}
