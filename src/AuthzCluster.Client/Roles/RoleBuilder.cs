namespace AuthzCluster.Client;

/// <summary>Puts a role together, step by step. Not for several threads at once.</summary>
public sealed class RoleBuilder
{
    private const int LongestName = 100;

    private readonly List<Principal> _assignedTo = [];
    private readonly List<string> _permissions = [];
    private readonly List<PolicyRule> _policies = [];
    private Role _role = new() { RoleId = "", Name = "" };

    /// <summary>Starts from a role that was read; all that it has, its version too, is kept.</summary>
    public static RoleBuilder From(Role role)
    {
        ArgumentNullException.ThrowIfNull(role);
        var builder = new RoleBuilder { _role = role };
        builder._permissions.AddRange(role.Permissions);
        builder._policies.AddRange(role.Policies);
        builder._assignedTo.AddRange(role.AssignedTo);
        return builder;
    }

    /// <summary>Sets the id, of the role to update or, of a new one, in place of a random one.</summary>
    public RoleBuilder WithId(string roleId) => Set(_role with { RoleId = roleId });

    /// <summary>Sets the name.</summary>
    public RoleBuilder WithName(string name) => Set(_role with { Name = name });

    /// <summary>Sets the description; null: none.</summary>
    public RoleBuilder WithDescription(string? description) => Set(_role with { Description = description });

    /// <summary>Sets the kind, a word of yours.</summary>
    public RoleBuilder WithType(string? type) => Set(_role with { Type = type });

    /// <summary>Sets who may ask for it and who approves; null: nothing is said of that.</summary>
    public RoleBuilder WithRequests(RequestRules? rules) => Set(_role with { Requests = rules });

    /// <summary>Replaces all permissions so far.</summary>
    public RoleBuilder WithPermissions(params IEnumerable<string> permissions)
    {
        var all = permissions.Distinct(StringComparer.Ordinal).ToList(); // before the clearing: it may come from here
        _permissions.Clear();
        _permissions.AddRange(all);
        return this;
    }

    /// <summary>Adds a permission, <c>resource:action[:scope]</c>; one that is there is no error.</summary>
    public RoleBuilder GrantPermission(string permission)
    {
        if (!_permissions.Contains(permission))
        {
            _permissions.Add(permission);
        }
        return this;
    }

    /// <summary>Removes the permission that is written so; one that is not there is no error. What a wider one covers stays covered.</summary>
    public RoleBuilder RevokePermission(string permission)
    {
        _permissions.Remove(permission);
        return this;
    }

    /// <summary>Adds a policy for the role's holders.</summary>
    public RoleBuilder AddPolicy(PolicyRule policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        _policies.Add(policy);
        return this;
    }

    /// <summary>Lets somebody have the new role from its making on.</summary>
    public RoleBuilder AssignTo(Principal principalId)
    {
        _assignedTo.Add(principalId);
        return this;
    }

    /// <summary>The role. One without an id gets a random one now, so that it can be referred to before it is made.</summary>
    /// <exception cref="ValidationFailedException">The name is missing, blank or longer than 100 characters.</exception>
    public Role Build()
    {
        if (string.IsNullOrWhiteSpace(_role.Name))
        {
            throw ValidationFailedException.Of("name", "must not be blank");
        }
        if (_role.Name.Length > LongestName && _role.Name.EnumerateRunes().Count() > LongestName)
        {
            throw ValidationFailedException.Of("name", $"must have at most {LongestName} characters");
        }
        return _role with
        {
            RoleId = string.IsNullOrEmpty(_role.RoleId) ? Guid.CreateVersion7().ToString("N") : _role.RoleId,
            Permissions = [.. _permissions],
            Policies = [.. _policies],
            AssignedTo = [.. _assignedTo],
        };
    }

    private RoleBuilder Set(Role role)
    {
        _role = role;
        return this;
    }
}
