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

/// <summary>What is given to whom: of an assign, and of a row of an import, which names its role too.</summary>
internal sealed record AssignBody
{
    public string? UserId { get; init; }

    public PrincipalBody? Principal { get; init; }

    public string? Role { get; init; }

    public DateTimeOffset? StartsAt { get; init; }

    public DateTimeOffset? StartAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? EndAt { get; init; }

    [JsonConverter(typeof(AttributeBagConverter))]
    public AttributeBag? Scope { get; init; }

    [JsonConverter(typeof(ConditionsConverter))]
    public IReadOnlyList<Condition>? Conditions { get; init; }

    public string? Reason { get; init; }

    [JsonConverter(typeof(AttributeBagConverter))]
    public AttributeBag? Metadata { get; init; }

    /// <summary>Taken, and ignored: it is the caller.</summary>
    public JsonElement? GrantedBy { get; init; }

    public string? TenantId { get; init; }

    public string? RoleId { get; init; }

    public bool? Approved { get; init; }

    public bool? RequiresApproval { get; init; }

    /// <summary>Whether it asks for a request instead of an assignment.</summary>
    public bool WantsApproval => Approved == false || RequiresApproval == true;

    public AssignmentDraft ToDraft(string path, TenantId tenant, List<FieldError> errors)
    {
        TenantRule.Check(TenantId, path, tenant, errors);
        OneOf(StartsAt, StartAt, $"{path}start_at", "starts_at", errors);
        OneOf(ExpiresAt, EndAt, $"{path}end_at", "expires_at", errors);
        return new AssignmentDraft(PrincipalBody.Read(UserId, Principal, path, errors))
        {
            StartsAt = StartsAt ?? StartAt,
            ExpiresAt = ExpiresAt ?? EndAt,
            Scope = Scope ?? AttributeBag.Empty,
            Conditions = Conditions ?? [],
            Reason = Reason,
            Metadata = Metadata ?? AttributeBag.Empty,
        };
    }

    /// <summary>Two names of one member: not both.</summary>
    public static void OneOf<T>(T? one, T? other, string field, string name, List<FieldError> errors) where T : struct
    {
        if (one is not null && other is not null)
        {
            errors.Add(new FieldError(field, $"must not be given beside `{name}`"));
        }
    }
}
