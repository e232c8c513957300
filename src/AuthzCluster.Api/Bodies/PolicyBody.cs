using System.Text.Json.Serialization;
using AuthzCluster.Actors.Doors;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Bodies;

/// <summary>A policy as a caller writes it, by itself or with its role. A version is what a reply had: it is passed over.</summary>
internal sealed record PolicyBody
{
    public string? Id { get; init; }

    public string? TenantId { get; init; }

    public string? RoleId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Effect { get; init; }

    public IReadOnlyList<string>? Resources { get; init; }

    public IReadOnlyList<string>? Actions { get; init; }

    public IReadOnlyList<string>? Principals { get; init; }

    [JsonConverter(typeof(ConditionsConverter))]
    public IReadOnlyList<Condition>? Conditions { get; init; }

    public int? Priority { get; init; }

    public bool? IsActive { get; init; }

    public IReadOnlyList<string>? GrantPermissions { get; init; }

    public long? Version { get; init; }

    /// <summary>The draft; adds to <paramref name="errors"/>, each under <paramref name="path"/>. What it says is judged where it is written.</summary>
    public PolicyDraft ToDraft(string path, TenantId tenant, List<FieldError> errors)
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
        var effect = PolicyEffect.Allow;
        if (Effect is null || !EnumText.TryParse(Effect, out effect))
        {
            errors.Add(new FieldError($"{path}effect", "must be `allow` or `deny`"));
        }
        return new PolicyDraft
        {
            Id = Id,
            Name = Name ?? "",
            Description = Description,
            Effect = effect,
            Resources = Texts(Resources, $"{path}resources", errors),
            Actions = Texts(Actions, $"{path}actions", errors),
            Principals = Texts(Principals, $"{path}principals", errors),
            Conditions = Conditions ?? [],
            Priority = Priority ?? 0,
            IsActive = IsActive ?? true,
            GrantPermissions = Texts(GrantPermissions, $"{path}grant_permissions", errors),
        };
    }

    private static IReadOnlyList<string> Texts(IReadOnlyList<string>? texts, string field, List<FieldError> errors)
    {
        for (var i = 0; i < texts?.Count; i++)
        {
            if (texts[i] is null)
            {
                errors.Add(new FieldError($"{field}[{i}]", "must not be null"));
                return [];
            }
        }
        return texts ?? [];
    }
}
