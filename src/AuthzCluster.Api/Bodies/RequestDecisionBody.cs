using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Bodies;

/// <summary>What is said with the decision of a request.</summary>
internal sealed record RequestDecisionBody
{
    public string? Comment { get; init; }

    /// <summary>Another name of the comment.</summary>
    public string? Reason { get; init; }

    public string? TenantId { get; init; }

    public string? ToComment(TenantId tenant, List<FieldError> errors)
    {
        TenantRule.Check(TenantId, "", tenant, errors);
        if (Comment is not null && Reason is not null)
        {
            errors.Add(new FieldError("reason", "must not be given beside `comment`"));
        }
        return Comment ?? Reason;
    }
}
