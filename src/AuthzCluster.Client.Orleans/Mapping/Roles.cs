using AuthzCluster.Actors.Doors;
using AuthzCluster.Actors.Views;
using AuthzCluster.Client.Orleans.Calls;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Client.Orleans.Mapping;

/// <summary>Roles.</summary>
internal static class Roles
{
    /// <summary>What is to be stored; the rules that the API's reading holds are held here.</summary>
    /// <param name="role">As the caller wrote it.</param>
    /// <param name="id">The id of a new one; null: it has one.</param>
    public static RoleDraft Read(Role role, string? id)
    {
        var errors = new List<FieldError>();
        if (string.IsNullOrWhiteSpace(role.Name))
        {
            errors.Add(new FieldError("name", "must not be blank"));
        }
        if (role.DisplayName is not null && string.IsNullOrWhiteSpace(role.DisplayName))
        {
            errors.Add(new FieldError("display_name", "must not be blank; left out, it is the name"));
        }
        var policies = role.Policies.Select((policy, i) => Policies.Read(policy, $"policies[{i}].")).ToList();
        var parents = role.Parents.Select((parent, i) => Read(parent, $"parents[{i}].", errors)).ToList();
        if (errors.Count > 0)
        {
            throw Failures.Of(errors);
        }
        return new RoleDraft
        {
            Id = id,
            Name = role.Name,
            DisplayName = role.DisplayName,
            Description = role.Description,
            Type = role.Type,
            Permissions = role.Permissions,
            Parents = parents,
            Policies = policies,
            RequestPolicy = role.Requests is { } rules ? Read(rules) : null,
            Level = role.HierarchyLevel,
            IsActive = role.IsActive,
            Metadata = Attributes.Read(role.Metadata, "metadata"),
            AssignedTo = [.. role.AssignedTo.Select(Principals.Read)],
        };
    }

    /// <param name="view">The role.</param>
    /// <param name="showsPolicies">Whether the caller may read policies.</param>
    public static Role Write(RoleView view, bool showsPolicies)
    {
        var role = view.Role;
        return new Role
        {
            RoleId = role.Id.Value,
            Name = role.Name,
            DisplayName = role.DisplayName,
            Description = role.Description,
            Type = role.Type,
            Permissions = [.. role.Permissions.Select(permission => permission.ToString())],
            Parents = [.. role.Parents.Select(Write)],
            Policies = [.. role.Policies.Select(policy => Policies.Write(policy, showsPolicies))],
            Requests = role.RequestPolicy is { } policy ? Write(policy) : null,
            HierarchyLevel = role.Level,
            IsActive = role.IsActive,
            IsBuiltIn = role.IsSystem,
            Metadata = Attributes.Write(role.Metadata),
            Version = role.Version,
            UserCount = view.UserCount,
            CreatedAt = role.CreatedAt,
            UpdatedAt = role.UpdatedAt,
            Warnings = view.Warnings,
        };
    }

    private static RequestPolicy Read(RequestRules rules) => new()
    {
        Requesters = [.. rules.Requesters],
        Approvers = [.. rules.Approvers],
        Approvals = rules.Approvals,
        MaxDuration = rules.MaxDuration,
        RequireReason = rules.RequireReason,
        RequireTicket = rules.RequireTicket,
    };

    private static RequestRules Write(RequestPolicy policy) => new()
    {
        Requesters = policy.Requesters,
        Approvers = policy.Approvers,
        Approvals = policy.Approvals,
        MaxDuration = policy.MaxDuration,
        RequireReason = policy.RequireReason,
        RequireTicket = policy.RequireTicket,
    };

    private static ParentDraft Read(RoleParent parent, string path, List<FieldError> errors)
    {
        if (string.IsNullOrWhiteSpace(parent.RoleId))
        {
            errors.Add(new FieldError($"{path}role_id", "must not be blank"));
        }
        if (!EnumText.TryParse<InheritanceType>(parent.InheritanceType, out var type))
        {
            errors.Add(new FieldError($"{path}inheritance_type", "must be `full`, `partial`, `conditional` or `none`"));
        }
        return new ParentDraft(parent.RoleId, type)
        {
            Permissions = parent.Permissions,
            Conditions = Conditions.Read(parent.Conditions, $"{path}conditions"),
        };
    }

    private static RoleParent Write(ParentEdge edge) => new(edge.Parent.Value)
    {
        InheritanceType = EnumText.Of(edge.Type),
        Permissions = [.. edge.Patterns.Select(pattern => pattern.ToString())],
        Conditions = Conditions.Write(edge.Conditions),
    };
}
