using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Errors;

namespace AuthzCluster.Api.Bodies;

/// <summary>How an API key is to get another secret.</summary>
internal sealed record RotateBody
{
    /// <summary>How long the old secret is taken still, ISO 8601; null: a day.</summary>
    public string? Overlap { get; init; }

    public string? TenantId { get; init; }

    public TimeSpan? ToOverlap(List<FieldError> errors)
    {
        if (Overlap is null)
        {
            return null;
        }
        if (!Durations.TryParse(Overlap, out var overlap))
        {
            errors.Add(new FieldError("overlap", Durations.Rule));
        }
        return overlap;
    }
}
