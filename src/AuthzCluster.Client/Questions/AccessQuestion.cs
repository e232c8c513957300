using System.Text.Json.Nodes;

namespace AuthzCluster.Client;

/// <summary>May this subject do that? The subject's and the resource's stored attributes join in by themselves.</summary>
/// <param name="Subject">Who; not a team.</param>
/// <param name="Permission">What: <c>resource:action[:scope]</c>, such as <c>invoices:read</c>.</param>
public sealed record AccessQuestion(Principal Subject, string Permission)
{
    /// <summary>On what; null: nothing in particular.</summary>
    public AccessResource? Resource { get; init; }

    /// <summary>Attributes of the subject, which override stored ones by name.</summary>
    public JsonObject? SubjectProperties { get; init; }

    /// <summary>What else conditions may look at, such as <c>ip_address</c>.</summary>
    public JsonObject? Context { get; init; }

    /// <summary>Another instant than now: today's roles and assignments as they count then.</summary>
    public DateTimeOffset? At { get; init; }
}
