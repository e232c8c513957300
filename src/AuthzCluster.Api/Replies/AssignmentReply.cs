using System.Text.Json.Serialization;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Actors.Views;
using AuthzCluster.Api.Bodies;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Api.Replies;

/// <summary>An assignment as callers read it.</summary>
internal sealed record AssignmentReply
{
    public required string Id { get; init; }
    public required PrincipalBody Principal { get; init; }
    public required string RoleId { get; init; }
    public required string RoleName { get; init; }
    [JsonConverter(typeof(AttributeBagConverter))]
    public required AttributeBag Scope { get; init; }
    public DateTimeOffset? StartsAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    [JsonConverter(typeof(ConditionsConverter))]
    public required IReadOnlyList<Condition> Conditions { get; init; }
    public required string Status { get; init; }
    public bool IsActive { get; init; }
    public required string GrantedBy { get; init; }
    public DateTimeOffset GrantedAt { get; init; }
    public string? Reason { get; init; }
    [JsonConverter(typeof(AttributeBagConverter))]
    public required AttributeBag Metadata { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ApprovalReply? Approval { get; init; }

    public static AssignmentReply Of(AssignmentView view) => new()
    {
        Id = view.Assignment.Id,
        Principal = PrincipalBody.Of(view.Principal),
        RoleId = view.Assignment.Role.Value,
        RoleName = view.RoleName,
        Scope = view.Assignment.Scope,
        StartsAt = view.Assignment.StartsAt,
        ExpiresAt = view.Assignment.ExpiresAt,
        Conditions = view.Assignment.Conditions,
        Status = EnumText.Of(view.Status),
        IsActive = view.Status == AssignmentStatus.Active,
        GrantedBy = view.Assignment.GrantedBy,
        GrantedAt = view.Assignment.GrantedAt,
        Reason = view.Assignment.Reason,
        Metadata = view.Assignment.Metadata,
        Approval = ApprovalReply.Of(view.Assignment.Approval),
    };
}
