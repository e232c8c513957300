using System.Text.Json.Serialization;
using AuthzCluster.Api.Http;
using AuthzCluster.Api.Json;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Api.Bodies;

/// <summary>A role as a caller writes it, and as an export has it.</summary>
internal sealed record RoleBody
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    public string? Type { get; init; }

    public IReadOnlyList<string>? Permissions { get; init; }

    public string? ParentRoleId { get; init; }

    public IReadOnlyList<ParentBody>? Parents { get; init; }

    public int? HierarchyLevel { get; init; }

    public bool? IsActive { get; init; }

    [JsonConverter(typeof(AttributeBagConverter))]
    public AttributeBag? Metadata { get; init; }

    public string? TenantId { get; init; }

    public string? RoleId { get; init; }

    public IReadOnlyList<PolicyBody>? Policies { get; init; }

    public RequestPolicyBody? RequestPolicy { get; init; }

    public IReadOnlyList<string>? AssignedTo { get; init; }

    /// <summary>The draft; adds to <paramref name="errors"/>, each under <paramref name="path"/>.</summary>
    public RoleDraft ToDraft(string path, TenantId tenant, List<FieldError> errors)
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
        if (DisplayName is not null && string.IsNullOrWhiteSpace(DisplayName))
        {
            errors.Add(new FieldError($"{path}display_name", "must not be blank; left out, it is the name"));
        }
        return new RoleDraft
        {
            Id = Id,
            Name = Name ?? "",
            DisplayName = DisplayName,
            Description = Description,
            Type = Type,
            Permissions = Permissions ?? [],
            Parents = ParentDrafts(path, tenant, errors),
            Level = HierarchyLevel,
            IsActive = IsActive ?? true,
            Metadata = Metadata ?? AttributeBag.Empty,
            Policies = PolicyDrafts(path, tenant, errors),
            AssignedTo = Principals(path, errors),
            RequestPolicy = RequestPolicy?.ToPolicy($"{path}request_policy.", errors),
        };
    }

    /// <summary>A new role's <c>role_id</c>, if given, repeats its <c>id</c>.</summary>
    public void CheckRoleId(string path, List<FieldError> errors)
    {
        if (RoleId is not null && RoleId != Id)
        {
            errors.Add(new FieldError($"{path}role_id", "is not `id`"));
        }
    }

    private List<ParentDraft> ParentDrafts(string path, TenantId tenant, List<FieldError> errors)
    {
        if (ParentRoleId is not null)
        {
            if (Parents is { Count: > 0 })
            {
                errors.Add(new FieldError($"{path}parent_role_id", "must not be given beside `parents`"));
            }
            return [new ParentDraft(ParentRoleId) { Field = "parent_role_id" }];
        }
        var drafts = new List<ParentDraft>();
        foreach (var (i, parent) in (Parents ?? []).Index())
        {
            var field = $"{path}parents[{i}].";
            if (string.IsNullOrWhiteSpace(parent?.RoleId))
            {
                errors.Add(new FieldError($"{field}role_id", "must not be blank"));
                continue;
            }
            drafts.Add(parent.ToDraft(parent.RoleId, field, tenant, errors));
        }
        return drafts;
    }

    private List<PolicyDraft> PolicyDrafts(string path, TenantId tenant, List<FieldError> errors)
    {
        var drafts = new List<PolicyDraft>();
        foreach (var (i, policy) in (Policies ?? []).Index())
        {
            var field = $"{path}policies[{i}]";
            if (policy is null)
            {
                errors.Add(new FieldError(field, "must not be null"));
                continue;
            }
            if (policy.RoleId is not null)
            {
                errors.Add(new FieldError($"{field}.role_id", "is not known here: it is this role"));
            }
            drafts.Add(policy.ToDraft($"{field}.", tenant, errors));
        }
        return drafts;
    }

    private List<SubjectId> Principals(string path, List<FieldError> errors)
    {
        var principals = new List<SubjectId>();
        foreach (var (i, text) in (AssignedTo ?? []).Index())
        {
            var principal = SubjectId.Parse(text ?? "");
            if ((Ids.TypeFault(principal.Type) ?? Ids.Fault(principal.Id)) is { } fault)
            {
                errors.Add(new FieldError($"{path}assigned_to[{i}]", $"must be `TYPE:ID` or a user's id: each {fault}"));
            }
            principals.Add(principal);
        }
        return principals;
    }
}
