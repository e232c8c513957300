using System.Text.Json;
using System.Text.Json.Serialization;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Bodies;

/// <summary>A change of an assignment: what is left out stays; a null takes a start or an end back, and of others is as if left out.</summary>
internal sealed record AssignmentPatchBody
{
    private const string Fixed = "is what an assignment is, and cannot be changed; assign anew";

    public bool? IsActive { get; init; }

    [JsonConverter(typeof(TimeReplacementConverter))]
    public Replacement<DateTimeOffset?>? StartsAt { get; init; }

    [JsonConverter(typeof(TimeReplacementConverter))]
    public Replacement<DateTimeOffset?>? StartAt { get; init; }

    [JsonConverter(typeof(TimeReplacementConverter))]
    public Replacement<DateTimeOffset?>? ExpiresAt { get; init; }

    [JsonConverter(typeof(TimeReplacementConverter))]
    public Replacement<DateTimeOffset?>? EndAt { get; init; }

    [JsonConverter(typeof(ConditionsConverter))]
    public IReadOnlyList<Condition>? Conditions { get; init; }

    public string? Reason { get; init; }

    [JsonConverter(typeof(AttributeBagConverter))]
    public AttributeBag? Metadata { get; init; }

    public string? TenantId { get; init; }

    /// <summary>Taken, and ignored: it stays who gave it.</summary>
    public JsonElement? GrantedBy { get; init; }

    public JsonElement? Role { get; init; }

    public JsonElement? RoleId { get; init; }

    public JsonElement? Principal { get; init; }

    public JsonElement? UserId { get; init; }

    public JsonElement? Scope { get; init; }

    public AssignmentPatch ToPatch(TenantId tenant, List<FieldError> errors)
    {
        TenantRule.Check(TenantId, "", tenant, errors);
        AssignBody.OneOf(StartsAt, StartAt, "start_at", "starts_at", errors);
        AssignBody.OneOf(ExpiresAt, EndAt, "end_at", "expires_at", errors);
        foreach (var (member, name) in new[] { (Role, "role"), (RoleId, "role_id"), (Principal, "principal"), (UserId, "user_id"), (Scope, "scope") })
        {
            if (member is not null)
            {
                errors.Add(new FieldError(name, Fixed));
            }
        }
        return new AssignmentPatch
        {
            IsActive = IsActive,
            StartsAt = StartsAt ?? StartAt,
            ExpiresAt = ExpiresAt ?? EndAt,
            Conditions = Conditions,
            Reason = Reason,
            Metadata = Metadata,
        };
    }
}
