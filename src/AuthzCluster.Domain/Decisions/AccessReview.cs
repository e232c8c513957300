using System.Collections.Immutable;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Decisions;

/// <summary>
/// What a subject has at an instant, whatever the questions will be: what hangs on their properties is told to be conditional. What is not is allowed whenever
/// it is asked for.
/// </summary>
internal sealed class AccessReview
{
    private readonly CompiledTenant _tenant;
    private readonly SubjectGrants _grants;
    private readonly BoundGrants _bound;
    private readonly long _now;

    // The roles that count in every question, and those that do in some.
    private readonly CountingRoles _sure, _possible;
    private readonly Dictionary<Permission, ImmutableArray<string>> _denied = [];

    /// <summary>Of a subject, at an instant in UTC ticks.</summary>
    public AccessReview(CompiledTenant tenant, SubjectGrants grants, long now)
    {
        (_tenant, _grants, _bound, _now) = (tenant, grants, grants.BindTo(tenant, now), now);
        (_sure, _possible) = tenant.Policies is null ? (CountingRoles.None, CountingRoles.None)
            : (CountingRoles.Whatever(_bound, now, certainly: true), CountingRoles.Whatever(_bound, now, certainly: false));
    }

    /// <summary>All of it.</summary>
    public IReadOnlyList<EffectivePermission> List() =>
    [
        .. OfRoles().Concat(OfPolicies()).OrderBy(item => item.Permission).ThenBy(item => item.Role is null).ThenBy(item => item.Role, StringComparer.Ordinal)
            .ThenBy(item => item.Assignment, StringComparer.Ordinal).ThenBy(item => item.Policy, StringComparer.Ordinal),
    ];

    private IEnumerable<EffectivePermission> OfRoles()
    {
        var paths = new Dictionary<Provenance, ImmutableArray<string>>(ReferenceEqualityComparer.Instance);
        foreach (var grant in _bound.Grants.Where(grant => grant.CountsAt(_now)))
        {
            foreach (var (permission, source) in Provenance.Of(grant.Role))
            {
                // Permissions of one source share one way.
                if (!paths.TryGetValue(source, out var path))
                {
                    paths.Add(source, path = [.. source.Path.Select(role => role.Definition.Name)]);
                }
                var denied = DeniedBy(permission);
                yield return new EffectivePermission(
                    permission, grant.Role.Definition.Name, source.From.Definition.Name, grant.Assignment.Definition.Id, grant.Assignment.Team,
                    source.IsConditional || grant.Assignment.IsConditional || denied.Length > 0 || _tenant.FinalWord is not null)
                { Path = path, DeniedBy = denied };
            }
        }
    }

    private IEnumerable<EffectivePermission> OfPolicies()
    {
        foreach (var policy in _tenant.Policies?.Ordered ?? [])
        {
            if (policy.Denies || policy.Definition.GrantPermissions.IsEmpty || !IsAbout(policy, _possible))
            {
                continue;
            }
            foreach (var permission in policy.Definition.GrantPermissions.Where(permission => PolicyMeeting.May(policy, permission)))
            {
                var denied = FindDenials(permission, until: policy);
                yield return new EffectivePermission(
                    permission, null, null, null, null, denied.Length > 0 || _tenant.FinalWord is not null || !AlwaysDecides(policy, permission))
                { Policy = policy.Definition.Id, DeniedBy = denied };
            }
        }
    }

    private ImmutableArray<string> DeniedBy(Permission permission)
    {
        if (!_denied.TryGetValue(permission, out var found))
        {
            _denied.Add(permission, found = FindDenials(permission, until: null));
        }
        return found;
    }

    // What is asked behind a policy that allows it in any case says nothing any more.
    private ImmutableArray<string> FindDenials(Permission permission, CompiledPolicy? until)
    {
        if (_tenant.Policies is not { } index)
        {
            return [];
        }
        var denied = new List<CompiledPolicy>();
        foreach (var candidates in PolicyMeeting.Candidates(index, permission, _grants, _possible))
        {
            foreach (var policy in candidates)
            {
                if (ReferenceEquals(policy, until) || AlwaysAllows(policy, permission, isGranted: until is null))
                {
                    break;
                }
                if (policy.Denies && IsAbout(policy, _possible) && !denied.Contains(policy) && PolicyMeeting.May(policy, permission))
                {
                    denied.Add(policy);
                }
            }
        }
        denied.Sort((a, b) => CompiledPolicy.Order(a.Definition, b.Definition));
        return [.. denied.Select(policy => policy.Definition.Id)];
    }

    // An allow that covers nothing decides nothing.
    private bool AlwaysAllows(CompiledPolicy policy, Permission permission, bool isGranted) =>
        !policy.Denies && (isGranted || policy.Definition.GrantPermissions.Any(given => given.Covers(permission))) && AlwaysDecides(policy, permission);

    private bool AlwaysDecides(CompiledPolicy policy, Permission permission) =>
        policy.Conditions.Length == 0 && IsAbout(policy, _sure) && PolicyMeeting.Always(policy, permission);

    private bool IsAbout(CompiledPolicy policy, CountingRoles roles) =>
        PolicyExplainer.IsHeld(_tenant, policy, roles) && PolicyWeighing.TargetsPrincipal(policy, _grants, roles);
}
