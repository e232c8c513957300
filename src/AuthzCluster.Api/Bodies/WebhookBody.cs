using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;
using AuthzCluster.Domain.Webhooks;

namespace AuthzCluster.Api.Bodies;

/// <summary>A webhook to make or to change.</summary>
internal sealed record WebhookBody
{
    public string? Url { get; init; }

    public IReadOnlyList<string?>? Events { get; init; }

    public string? Description { get; init; }

    public bool? IsActive { get; init; }

    public string? TenantId { get; init; }

    public WebhookDraft ToDraft(TenantId tenant, List<FieldError> errors)
    {
        TenantRule.Check(TenantId, "", tenant, errors);
        return new WebhookDraft { Url = Url, Events = Events, Description = Description, IsActive = IsActive };
    }
}
