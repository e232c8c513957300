using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Policies;

/// <summary>A policy as decisions read it. Immutable.</summary>
internal sealed class CompiledPolicy
{
    // What covers most specifically stands first.
    private readonly Permission[] _grants;

    /// <summary>From its definition and the role that it is attached to; null: the tenant's.</summary>
    public CompiledPolicy(PolicyDefinition definition, RoleId? role, CustomConditions custom)
    {
        (Definition, Role) = (definition, role);
        Resources = PatternSet.Of(definition.Resources.Select(PolicyPattern.Of));
        Actions = PatternSet.Of(definition.Actions.Select(PolicyPattern.Of));
        Principals = PatternSet.Of(definition.Principals.Select(PolicyPattern.OfPrincipal));
        Conditions = ConditionCompiler.Compile(definition.Conditions, custom);
        Choices = [.. PolicyPlaces.Choices(this)];
        AsksOutside = Array.Exists(Conditions, condition => condition.AsksOutside);
        NamesRoles = Array.Exists(Principals.Patterns, MayBeRole);
        DependsOnTime = Array.Exists(Conditions, condition => condition.DependsOnTime);
        _grants = [.. definition.GrantPermissions
            .OrderBy(permission => permission.Resource.Contains('*', StringComparison.Ordinal)).ThenByDescending(permission => permission.Resource.Length)
            .ThenBy(permission => permission.Action == Permission.Wildcard).ThenBy(permission => permission.Scope)];
    }

    /// <summary>What was compiled.</summary>
    public PolicyDefinition Definition { get; }

    /// <summary>The role to whose holders it applies; null: to all.</summary>
    public RoleId? Role { get; }

    /// <summary>Whether it denies what it decides.</summary>
    public bool Denies => Definition.Effect == PolicyEffect.Deny;

    /// <summary>Of its target.</summary>
    public PatternSet Resources { get; }

    /// <summary>Of its target.</summary>
    public PatternSet Actions { get; }

    /// <summary>Of its target.</summary>
    public PatternSet Principals { get; }

    /// <summary>What must hold.</summary>
    public CompiledCondition[] Conditions { get; }

    /// <summary>Whether time alone may change what its conditions come to.</summary>
    public bool DependsOnTime { get; }

    /// <summary>Whether one of its conditions asks an outside engine.</summary>
    public bool AsksOutside { get; }

    /// <summary>Whether its target may be met by a role that counts.</summary>
    public bool NamesRoles { get; }

    /// <summary>Under what it may be found.</summary>
    public (PolicyPlace Place, string Text)[][] Choices { get; }

    /// <summary>What its conditions come to together.</summary>
    public Truth Holds(AccessRequest request, long now) => Truths.All(Conditions, request, now);

    /// <summary>Before this instant time alone cannot change what its conditions come to for a question.</summary>
    public long ChangesAfter(AccessRequest request, long now) => DependsOnTime && MayHold(request, now) ? CompiledCondition.ChangesAfter(Conditions, now) : CompiledCondition.Never;

    /// <summary>Which of its own permissions covers a question, most specific first; null: none.</summary>
    public Permission? FindGrant(AccessRequest request, SubjectGrants grants)
    {
        var asked = request.Permission;
        foreach (var permission in _grants)
        {
            if (permission.CoversResource(asked.Resource) && (permission.Action == Permission.Wildcard || permission.Action == asked.Action)
                && ScopeRule.Counts(permission.Scope, request, grants, assignment: null))
            {
                return permission;
            }
        }
        return null;
    }

    /// <summary>The scopes of those of its own permissions that cover what is asked, scopes aside.</summary>
    public IEnumerable<PermissionScope> ScopesFor(Permission asked) => _grants
        .Where(permission => permission.CoversResource(asked.Resource) && (permission.Action == Permission.Wildcard || permission.Action == asked.Action)).Select(permission => permission.Scope);

    /// <summary>The order in which policies are asked: high priorities, then denials, then by id.</summary>
    public static int Order(PolicyDefinition a, PolicyDefinition b)
    {
        var order = b.Priority.CompareTo(a.Priority);
        order = order != 0 ? order : (b.Effect == PolicyEffect.Deny).CompareTo(a.Effect == PolicyEffect.Deny);
        return order != 0 ? order : string.CompareOrdinal(a.Id, b.Id);
    }

    private static bool MayBeRole(PolicyPattern principal) => principal.Kind switch
    {
        PolicyPattern.Form.All => false,
        PolicyPattern.Form.Suffix => true,
        PolicyPattern.Form.Prefix => CompiledRole.PrincipalType.StartsWith(principal.Text, StringComparison.Ordinal)
            || principal.Text.StartsWith(CompiledRole.PrincipalType, StringComparison.Ordinal),
        _ => principal.Text.StartsWith(CompiledRole.PrincipalType, StringComparison.Ordinal),
    };

    // One that time is nothing to and that does not hold keeps the rest from holding at any time. Outside engines are asked for nothing besides.
    private bool MayHold(AccessRequest request, long now)
    {
        foreach (var condition in Conditions)
        {
            if (!condition.DependsOnTime && !condition.AsksOutside && condition.Evaluate(request, now) == Truth.False)
            {
                return false;
            }
        }
        return true;
    }
}
