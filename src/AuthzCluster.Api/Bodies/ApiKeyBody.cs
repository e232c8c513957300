using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Keys;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Bodies;

/// <summary>An API key to make. Without tenants it is for the request's own.</summary>
internal sealed record ApiKeyBody
{
    public string? Name { get; init; }

    public IReadOnlyList<string?>? Roles { get; init; }

    public IReadOnlyList<string?>? Tenants { get; init; }

    public IReadOnlyList<string?>? Permissions { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public string? TenantId { get; init; }

    public ApiKeyDraft ToDraft(TenantId tenant, List<FieldError> errors)
    {
        TenantRule.Check(TenantId, "", tenant, errors);
        for (var i = 0; i < (Tenants?.Count ?? 0); i++)
        {
            Ids.Check(Tenants![i], $"tenants[{i}]", errors);
        }
        return new ApiKeyDraft(Name)
        {
            Roles = Roles ?? [],
            Tenants = Tenants is null ? [tenant] : [.. Tenants.Select(id => new TenantId(id ?? ""))],
            Permissions = Permissions,
            ExpiresAt = ExpiresAt,
        };
    }
}
