using System.Text.Json.Nodes;

namespace AuthzCluster.Client.Http;

/// <summary>An assignment to make.</summary>
internal sealed record GrantWire(
    PrincipalWire Principal, DateTimeOffset? StartsAt, DateTimeOffset? ExpiresAt, JsonObject? Scope, IReadOnlyList<ConditionWire> Conditions,
    string? Reason, JsonObject? Metadata)
{
    public static GrantWire Of(RoleGrant grant) => new(
        PrincipalWire.Of(grant.Principal), grant.StartsAt, grant.ExpiresAt, grant.Scope, ConditionWire.Of(grant.Conditions), grant.Reason, grant.Metadata);
}
