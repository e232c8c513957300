using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Decisions;

/// <summary>
/// The roles that count for a subject in one question at one instant: those of the assignments that count, and those that
/// they inherit from, through conditional edges while their conditions hold.
/// </summary>
internal sealed class CountingRoles
{
    /// <summary>None.</summary>
    public static readonly CountingRoles None = new();

    // Most subjects have few: those are sought in the list.
    private const int Few = 16;

    private HashSet<CompiledRole>? _many;
    private HashSet<string>? _texts;

    /// <summary>Each once.</summary>
    public List<CompiledRole> All { get; } = [];

    /// <summary>Finds them.</summary>
    public static CountingRoles Of(BoundGrants bound, AccessRequest request, long now)
    {
        var roles = new CountingRoles();
        foreach (ref readonly var grant in bound.Grants.AsSpan())
        {
            if (grant.CountsAt(now) && !roles.Contains(grant.Role) && grant.Assignment.Applies(request, now))
            {
                roles.Add(grant.Role, request, now, certainly: false);
            }
        }
        return roles;
    }

    /// <summary>Those that count in any question, or, if not certainly, those that may count in some.</summary>
    public static CountingRoles Whatever(BoundGrants bound, long now, bool certainly)
    {
        var roles = new CountingRoles();
        foreach (ref readonly var grant in bound.Grants.AsSpan())
        {
            if (grant.CountsAt(now) && !roles.Contains(grant.Role) && !(certainly && grant.Assignment.IsConditional))
            {
                roles.Add(grant.Role, null, now, certainly);
            }
        }
        return roles;
    }

    /// <summary>Whether a role is among them.</summary>
    public bool Contains(CompiledRole role) => _many is { } many ? many.Contains(role) : All.Contains(role);

    /// <summary>Whether one of them is among principals. Of texts and many roles none is walked.</summary>
    public bool AnyOf(PatternSet principals)
    {
        if (_many is not null && principals.IsExact)
        {
            _texts ??= [.. All.Select(role => role.PrincipalText)];
            return Array.Exists(principals.Patterns, pattern => _texts.Contains(pattern.Text));
        }
        foreach (var role in All)
        {
            if (principals.Matches(role.PrincipalText))
            {
                return true;
            }
        }
        return false;
    }

    // Chains have at most ten roles, and each role is entered once.
    private void Add(CompiledRole role, AccessRequest? request, long now, bool certainly)
    {
        All.Add(role);
        if (All.Count > Few)
        {
            (_many ??= new(All, ReferenceEqualityComparer.Instance)).Add(role);
        }
        foreach (var edge in role.Edges)
        {
            if (!Contains(edge.Parent) && (edge.Conditions is null || (request is null ? !certainly : Truths.All(edge.Conditions, request, now) == Truth.True)))
            {
                Add(edge.Parent, request, now, certainly);
            }
        }
    }
}
