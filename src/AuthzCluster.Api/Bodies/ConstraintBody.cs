using AuthzCluster.Api.Http;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Governance;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Bodies;

/// <summary>A constraint as a caller writes it.</summary>
internal sealed record ConstraintBody
{
    public string? Id { get; init; }

    public string? TenantId { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<string>? Roles { get; init; }

    public int? Max { get; init; }

    /// <summary>The draft; adds to <paramref name="errors"/>, each under <paramref name="path"/>. What it says is judged where it is written.</summary>
    public ConstraintDraft ToDraft(string path, TenantId tenant, List<FieldError> errors)
    {
        TenantRule.Check(TenantId, path, tenant, errors);
        if (string.IsNullOrWhiteSpace(Name))
        {
            errors.Add(new FieldError($"{path}name", "must not be blank"));
        }
        if (Id is not null)
        {
            Ids.Check(Id, $"{path}id", errors);
        }
        for (var i = 0; i < Roles?.Count; i++)
        {
            if (Roles[i] is null)
            {
                errors.Add(new FieldError($"{path}roles[{i}]", "must not be null"));
            }
        }
        return new ConstraintDraft { Id = Id, Name = Name ?? "", Roles = Roles?.All(role => role is not null) is true ? Roles : [], Max = Max };
    }
}
