using System.Text.Json.Serialization;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Requests;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Bodies;

/// <summary>A request for a role: for the caller where it says of nobody else.</summary>
internal sealed record RoleRequestBody
{
    public string? Role { get; init; }

    public string? RoleId { get; init; }

    public string? UserId { get; init; }

    public PrincipalBody? Principal { get; init; }

    public DateTimeOffset? StartsAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public string? Duration { get; init; }

    [JsonConverter(typeof(AttributeBagConverter))]
    public AttributeBag? Scope { get; init; }

    [JsonConverter(typeof(ConditionsConverter))]
    public IReadOnlyList<Condition>? Conditions { get; init; }

    public string? Reason { get; init; }

    public string? Ticket { get; init; }

    [JsonConverter(typeof(AttributeBagConverter))]
    public AttributeBag? Metadata { get; init; }

    public string? TenantId { get; init; }

    public RoleRequestDraft ToDraft(TenantId tenant, SubjectId caller, List<FieldError> errors)
    {
        TenantRule.Check(TenantId, "", tenant, errors);
        var role = Role ?? RoleId;
        if (string.IsNullOrWhiteSpace(role))
        {
            errors.Add(new FieldError("role", "must not be blank"));
        }
        if (Role is not null && RoleId is not null && Role != RoleId)
        {
            errors.Add(new FieldError("role_id", "is not `role`"));
        }
        var principal = UserId is null && Principal is null ? caller : PrincipalBody.Read(UserId, Principal, "", errors);
        var grant = new AssignmentDraft(principal)
        {
            StartsAt = StartsAt,
            ExpiresAt = ExpiresAt,
            Scope = Scope ?? AttributeBag.Empty,
            Conditions = Conditions ?? [],
            Reason = Reason,
            Metadata = Metadata ?? AttributeBag.Empty,
        };
        return new RoleRequestDraft(role ?? "", grant) { Duration = Durations.Read(Duration, "duration", errors), Ticket = Ticket };
    }
}
