using System.Text.Json.Serialization;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Bodies;

/// <summary>An edge to a parent. In a path's body <c>role_id</c>, if given, repeats the path's role.</summary>
internal sealed record ParentBody
{
    public string? RoleId { get; init; }

    public string? TenantId { get; init; }

    public string? InheritanceType { get; init; }

    public IReadOnlyList<string>? Permissions { get; init; }

    [JsonConverter(typeof(ConditionsConverter))]
    public IReadOnlyList<Condition>? Conditions { get; init; }

    public ParentDraft ToDraft(string role, string path, TenantId tenant, List<FieldError> errors)
    {
        TenantRule.Check(TenantId, path, tenant, errors);
        if (!EnumText.TryParse<InheritanceType>(InheritanceType ?? "full", out var type))
        {
            errors.Add(new FieldError($"{path}inheritance_type", "must be `full`, `partial`, `conditional` or `none`"));
        }
        return new ParentDraft(role, type) { Permissions = Permissions ?? [], Conditions = Conditions ?? [] };
    }
}
