using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace AuthzCluster.Client.Http;

/// <summary>An assignment as servers answer it.</summary>
internal sealed record AssignmentWire
{
    [JsonRequired]
    public string Id { get; init; } = "";

    [JsonRequired]
    public PrincipalWire Principal { get; init; } = null!;

    [JsonRequired]
    public string RoleId { get; init; } = "";

    public string? RoleName { get; init; }

    public JsonObject? Scope { get; init; }

    public DateTimeOffset? StartsAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public IReadOnlyList<ConditionWire>? Conditions { get; init; }

    [JsonRequired]
    public string Status { get; init; } = "";

    [JsonRequired]
    public bool IsActive { get; init; }

    public string? GrantedBy { get; init; }

    public DateTimeOffset GrantedAt { get; init; }

    public string? Reason { get; init; }

    public JsonObject? Metadata { get; init; }

    public RoleAssignment Read() => new()
    {
        AssignmentId = Id,
        Principal = new Principal(Principal.Type, Principal.Id),
        RoleId = RoleId,
        RoleName = RoleName ?? RoleId,
        Scope = Scope ?? [],
        StartsAt = StartsAt,
        ExpiresAt = ExpiresAt,
        Conditions = ConditionWire.Read(Conditions),
        Status = Status,
        IsActive = IsActive,
        GrantedBy = GrantedBy ?? "",
        GrantedAt = GrantedAt,
        Reason = Reason,
        Metadata = Metadata ?? [],
    };
}
