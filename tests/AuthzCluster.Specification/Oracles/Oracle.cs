using System.Collections.Concurrent;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Specification.Oracles;

/// <summary>The decision, as naive as the contract reads: the engine is compared with it and shares no code with it.</summary>
public sealed class Oracle
{
    // Reading a text takes longest here; the same few come again.
    private static readonly ConcurrentDictionary<string, OraclePermission> Texts = new();
    private static readonly string[] Misses = ["no_assignment", "permission_not_granted", "not_in_scope", "not_owner"];

    private static readonly TimeSpan LooksAhead = TimeSpan.FromDays(8);

    private readonly Dictionary<RoleId, RoleDefinition> _roles;
    private readonly OraclePolicies _policies;
    private readonly SubjectAssignments _subject;
    private readonly OraclePermission _asked;
    private readonly OracleConditions _words;
    private readonly Dictionary<RoleId, HashSet<(OraclePermission, bool)>> _given = [];

    private Oracle(TenantModel model, SubjectAssignments subject, AccessRequest request)
    {
        _roles = model.Roles.Values.Concat(PackRoles.Of(model.Packs)).ToDictionary(role => role.Id);
        _subject = subject;
        _asked = Read(request.Permission) with { IsExplicit = request.HasExplicitScope };
        _words = new OracleConditions(request, _asked);
        _policies = new OraclePolicies(model, subject, request.Subject, _asked, _words);
    }

    /// <summary>Decides, with <paramref name="now"/> fixed for the whole question.</summary>
    public static OracleAnswer Decide(
        TenantModel model, SubjectAssignments subject, IReadOnlyDictionary<EntityId, AttributeBag> entities, AccessRequest request, DateTimeOffset now)
    {
        var oracle = new Oracle(model, subject, WithStored(entities, request));
        // What has ended counts by its time like the rest; but a deleted role's do not count for the next of that id.
        var ended = subject.History.Concat(subject.Teams.SelectMany(team => model.TeamHistory.GetValueOrDefault(team, [])))
            .Where(one => oracle._roles.TryGetValue(one.Role, out var role) && one.GrantedAt >= role.CreatedAt);
        var assignments = subject.Live.Concat(subject.Teams.SelectMany(team => model.TeamGrants.GetValueOrDefault(team, []))).Concat(ended).ToList();
        // Ranges of hours turn at any time: so many days are looked at.
        var conditions = assignments.SelectMany(one => one.Conditions).Concat(oracle.EdgesAbove(assignments).SelectMany(edge => edge.Conditions))
            .Concat(oracle._policies.All(oracle._roles.Values).SelectMany(policy => policy.Conditions)).ToList();
        var ranges = OracleTimes.In(conditions).ToList();
        var answer = oracle.DecideAt(assignments, now);
        var until = ranges.Count == 0 ? (DateTimeOffset?)null : DateTimeOffset.MaxValue - now < LooksAhead ? DateTimeOffset.MaxValue : now + LooksAhead;
        var boundaries = assignments.SelectMany(one => new[] { one.StartsAt, one.ExpiresAt })
            .Concat(conditions.SelectMany(condition => OracleConditions.Boundaries(condition, now)).Cast<DateTimeOffset?>())
            .Concat(ranges.SelectMany(range => OracleTimes.Turns(range, now, until!.Value)).Cast<DateTimeOffset?>())
            .Where(instant => instant > now && (until is null || instant <= until)).Distinct().Order();
        return answer with
        {
            ValidUntil = boundaries.FirstOrDefault(instant => oracle.DecideAt(assignments, instant!.Value).IsAllowed != answer.IsAllowed),
            LookedUntil = until,
        };
    }

    // Who and what: the properties of the stored subject and resource, overridden name by name by those in the request.
    private static AccessRequest WithStored(IReadOnlyDictionary<EntityId, AttributeBag> entities, AccessRequest request)
    {
        return request with
        {
            SubjectProperties = Joined(request.Subject.Type, request.Subject.Id, request.SubjectProperties),
            ResourceProperties = Joined(request.ResourceType ?? Read(request.Permission).Resource, request.ResourceId, request.ResourceProperties),
        };

        AttributeBag Joined(string type, string? id, AttributeBag said)
        {
            var stored = id is not null && entities.TryGetValue(new EntityId(type, id), out var found) ? found : AttributeBag.Empty;
            return AttributeBag.Of(stored.Where(pair => !said.TryGet(pair.Key, out _)).Concat(said));
        }
    }

    // Steps 4 to 6, after the others.
    private OracleAnswer DecideAt(List<Assignment> assignments, DateTimeOffset now)
    {
        var counting = new HashSet<RoleDefinition>(ReferenceEqualityComparer.Instance);
        var answer = OfGrants(assignments, now, counting);
        return _policies.Decide(answer, counting, scope => ScopeCounts(scope, null), now);
    }

    // A role that counts brings along those it inherits from.
    private void Count(RoleDefinition role, HashSet<RoleDefinition> counting, DateTimeOffset now)
    {
        counting.Add(role);
        foreach (var edge in role.Parents.Where(edge => edge.Type != InheritanceType.None))
        {
            if (_roles.TryGetValue(edge.Parent, out var parent) && Gives(parent) && (edge.Type != InheritanceType.Conditional || _words.All(edge.Conditions, now) == true))
            {
                Count(parent, counting, now);
            }
        }
    }

    // Steps 1 and 3.
    private OracleAnswer OfGrants(List<Assignment> assignments, DateTimeOffset now, HashSet<RoleDefinition> counting)
    {
        var miss = 0;
        _given.Clear();
        var hits = new List<(Assignment By, RoleDefinition Role, OraclePermission Permission)>();
        foreach (var one in assignments)
        {
            if (one.RevokedAt is not null || one.IsSuspended || one.StartsAt > now || one.ExpiresAt <= now
                || !_roles.TryGetValue(one.Role, out var role) || !Gives(role))
            {
                continue;
            }
            miss = Math.Max(miss, 1);
            var applies = one.Scope.All(pair => InScope(pair.Key, pair.Value)) && _words.All(one.Conditions, now) == true;
            if (applies)
            {
                Count(role, counting, now);
            }
            foreach (var (permission, edgesHold) in PermissionsOf(role, now))
            {
                if (!permission.Matches(_asked) || (_asked.IsExplicit && permission.Scope < _asked.Scope))
                {
                    continue;
                }
                if (!applies || !edgesHold)
                {
                    miss = Math.Max(miss, 2);
                }
                else if (_asked.IsExplicit || ScopeCounts(permission.Scope, one))
                {
                    hits.Add((one, role, permission));
                }
                else
                {
                    miss = Math.Max(miss, permission.Scope == 0 ? 3 : 2);
                }
            }
        }
        if (hits.Count == 0)
        {
            return new OracleAnswer(Misses[miss]);
        }
        var best = hits.OrderByDescending(hit => hit.Role.Level)
            .ThenBy(hit => hit.Role.Name, StringComparer.Ordinal).ThenBy(hit => hit.By.Id, StringComparer.Ordinal)
            .ThenByDescending(hit => hit.Permission.Resource == _asked.Resource ? int.MaxValue : hit.Permission.Resource.Length)
            .ThenByDescending(hit => hit.Permission.Action == _asked.Action).ThenBy(hit => hit.Permission.Scope).First();
        return new OracleAnswer("granted", best.Role.Name, best.Permission.ToString(), best.By.Id);
    }

    private static OraclePermission Read(Permission permission) => Texts.GetOrAdd(permission.ToString(), text => OraclePermission.Read(text)!);

    private IEnumerable<ParentEdge> EdgesAbove(List<Assignment> assignments)
    {
        var reached = new HashSet<RoleId>();
        var next = new Queue<RoleId>(assignments.Select(one => one.Role));
        while (next.TryDequeue(out var id))
        {
            if (reached.Add(id) && _roles.TryGetValue(id, out var role))
            {
                foreach (var edge in role.Parents)
                {
                    next.Enqueue(edge.Parent);
                    yield return edge;
                }
            }
        }
    }

    private static bool Gives(RoleDefinition role) => role.IsActive && !role.IsDeleting;

    // Step 2: what a role gives, each with whether the conditions on a way to it hold.
    private HashSet<(OraclePermission Permission, bool Holds)> PermissionsOf(RoleDefinition role, DateTimeOffset now)
    {
        if (_given.TryGetValue(role.Id, out var known))
        {
            return known;
        }
        var all = role.Permissions.Select(own => (Read(own), true)).ToHashSet();
        foreach (var edge in role.Parents)
        {
            if (edge.Type == InheritanceType.None || !_roles.TryGetValue(edge.Parent, out var parent) || !Gives(parent))
            {
                continue;
            }
            var patterns = edge.Patterns.Select(pattern => Read(pattern)).ToList();
            var holds = edge.Type != InheritanceType.Conditional || _words.All(edge.Conditions, now) == true;
            all.UnionWith(PermissionsOf(parent, now)
                .Where(has => edge.Type != InheritanceType.Partial || patterns.Any(to => to.Matches(has.Permission) && to.Scope >= has.Permission.Scope))
                .Select(has => (has.Permission, has.Holds && holds)));
        }
        return _given[role.Id] = all;
    }

    private bool InScope(string key, AttributeValue wanted) => (_words.Find($"resource.{key}") ?? _words.Find($"context.{key}")) == wanted;

    private bool ScopeCounts(int scope, Assignment? by) => scope switch
    {
        0 => _words.IsOwner,
        1 => _subject.Teams.Any(team => _words.Find("resource.team_id") == AttributeValue.Of(team)) || _words.IsOwner,
        2 => (_words.Find("resource.customer_id") is { Kind: not AttributeKind.Null } customer
            && (_words.Find("subject.customer_id") == customer || (by is not null && by.Scope.TryGet("customer_id", out var own) && own == customer))) || ScopeCounts(1, by),
        _ => true,
    };
}
