using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Domain.Tenancy;

namespace AuthzCluster.Specification.Oracles;

/// <summary>The decision, as naive as the contract reads: the engine is compared with it and shares no code with it.</summary>
public sealed class Oracle
{
    private static readonly string[] Misses = ["no_assignment", "permission_not_granted", "not_in_scope", "not_owner"];

    private readonly Dictionary<RoleId, RoleDefinition> _roles;
    private readonly SubjectAssignments _subject;
    private readonly AccessRequest _request;
    private readonly OraclePermission _asked;
    private readonly Dictionary<RoleId, HashSet<(OraclePermission, bool)>> _given = [];

    private Oracle(TenantModel model, SubjectAssignments subject, AccessRequest request)
    {
        _roles = model.Roles.Values.Concat(PackRoles.Of(model.Packs)).ToDictionary(role => role.Id);
        _subject = subject;
        _request = request;
        _asked = OraclePermission.Read(request.Permission.ToString())! with { IsExplicit = request.HasExplicitScope };
    }

    /// <summary>Decides, with <paramref name="now"/> fixed for the whole question.</summary>
    public static OracleAnswer Decide(TenantModel model, SubjectAssignments subject, AccessRequest request, DateTimeOffset now)
    {
        var oracle = new Oracle(model, subject, request);
        var assignments = subject.Live.Concat(subject.Teams.SelectMany(team => model.TeamGrants.GetValueOrDefault(team, []))).ToList();
        var answer = oracle.DecideAt(assignments, now);
        var boundaries = assignments.SelectMany(one => new[] { one.StartsAt, one.ExpiresAt }).Where(instant => instant > now).Order();
        return answer with { ValidUntil = boundaries.FirstOrDefault(instant => oracle.DecideAt(assignments, instant!.Value).IsAllowed != answer.IsAllowed) };
    }

    // Steps 1, 3 and 6.
    private OracleAnswer DecideAt(List<Assignment> assignments, DateTimeOffset now)
    {
        var miss = 0;
        var hits = new List<(Assignment By, RoleDefinition Role, OraclePermission Permission)>();
        foreach (var one in assignments)
        {
            if (one.RevokedAt is not null || one.IsSuspended || one.StartsAt > now || one.ExpiresAt <= now
                || !_roles.TryGetValue(one.Role, out var role) || !Gives(role))
            {
                continue;
            }
            miss = Math.Max(miss, 1);
            var applies = one.Scope.All(pair => InScope(pair.Key, pair.Value)) && All(one.Conditions) == true;
            foreach (var (permission, edgesHold) in PermissionsOf(role))
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

    private static bool Gives(RoleDefinition role) => role.IsActive && !role.IsDeleting;

    // Step 2: what a role gives, each with whether the conditions on a way to it hold.
    private HashSet<(OraclePermission Permission, bool Holds)> PermissionsOf(RoleDefinition role)
    {
        if (_given.TryGetValue(role.Id, out var known))
        {
            return known;
        }
        var all = role.Permissions.Select(own => (OraclePermission.Read(own.ToString())!, true)).ToHashSet();
        foreach (var edge in role.Parents)
        {
            if (edge.Type == InheritanceType.None || !_roles.TryGetValue(edge.Parent, out var parent) || !Gives(parent))
            {
                continue;
            }
            var patterns = edge.Patterns.Select(pattern => OraclePermission.Read(pattern.ToString())!).ToList();
            var holds = edge.Type != InheritanceType.Conditional || All(edge.Conditions) == true;
            all.UnionWith(PermissionsOf(parent)
                .Where(has => edge.Type != InheritanceType.Partial || patterns.Any(to => to.Matches(has.Permission) && to.Scope >= has.Permission.Scope))
                .Select(has => (has.Permission, has.Holds && holds)));
        }
        return _given[role.Id] = all;
    }

    private bool InScope(string key, AttributeValue wanted) => (Find($"resource.{key}") ?? Find($"context.{key}")) == wanted;

    private bool IsOwner => Find("resource.owner_id") == AttributeValue.Of(_request.Subject.Id);

    private bool ScopeCounts(int scope, Assignment by) => scope switch
    {
        0 => IsOwner,
        1 => _subject.Teams.Any(team => Find("resource.team_id") == AttributeValue.Of(team)) || IsOwner,
        2 => (Find("resource.customer_id") is { } customer
            && (Find("subject.customer_id") == customer || (by.Scope.TryGet("customer_id", out var own) && own == customer))) || ScopeCounts(1, by),
        _ => true,
    };

    // Conditions. Null is an error; it stays one unless the others settle the matter either way.
    private bool? All(IEnumerable<Condition> conditions) => conditions.Select(Holds).Aggregate((bool?)true, (sofar, next) => sofar & next);

    private bool? Holds(Condition condition)
    {
        var list = condition.Params.TryGet("conditions", out var many) ? many.AsList.Select(Inner) : [];
        return condition.Type switch
        {
            "all" => All(list),
            "any" => list.Select(Holds).Aggregate((bool?)false, (sofar, next) => sofar | next),
            "not" => condition.Params.TryGet("condition", out var one) ? !Holds(Inner(one)) : null,
            "resource_owner" => IsOwner,
            "attribute_match" => Match(condition.Params),
            _ => null,
        };
    }

    private static Condition Inner(AttributeValue value)
    {
        value.AsObject.TryGet("type", out var type);
        return new Condition(type.AsString, value.AsObject.TryGet("params", out var given) ? given.AsObject : AttributeBag.Empty);
    }

    private bool? Match(AttributeBag given)
    {
        given.TryGet("operator", out var name);
        given.TryGet("attribute", out var path);
        var actual = Find(path.AsString);
        AttributeValue? expected = !given.TryGet("expected", out var written) ? null
            : written is { Kind: AttributeKind.Object, AsObject.Count: 1 } && written.AsObject.TryGet("attribute", out var other) ? Find(other.AsString)
            : written;
        if (name.AsString == "exists")
        {
            return actual is not null;
        }
        if (actual is not { } a || expected is not { } e)
        {
            return name.AsString is "neq" or "not_in";
        }
        var (bothText, order) = (a.Kind == AttributeKind.String && e.Kind == AttributeKind.String, a.CompareTo(e));
        return name.AsString switch
        {
            "eq" => a == e,
            "neq" => a != e,
            "in" => e.Kind == AttributeKind.List ? e.AsList.Contains(a) : null,
            "not_in" => e.Kind == AttributeKind.List ? !e.AsList.Contains(a) : null,
            "gt" => order is null ? null : order > 0,
            "gte" => order is null ? null : order >= 0,
            "lt" => order is null ? null : order < 0,
            "lte" => order is null ? null : order <= 0,
            "contains" => a.Kind == AttributeKind.List ? a.AsList.Contains(e) : bothText ? a.AsString.Contains(e.AsString, StringComparison.Ordinal) : null,
            "starts_with" => bothText ? a.AsString.StartsWith(e.AsString, StringComparison.Ordinal) : null,
            _ => null,
        };
    }

    private AttributeValue? Find(string path)
    {
        var dot = path.IndexOf('.');
        var (root, rest) = dot < 0 ? ("", path) : (path[..dot], path[(dot + 1)..]);
        (AttributeBag bag, (string, string?)[] besides) = root switch
        {
            "subject" => (_request.SubjectProperties, [("type", _request.Subject.Type), ("id", _request.Subject.Id)]),
            "resource" => (_request.ResourceProperties, [("type", _request.ResourceType ?? _asked.Resource), ("id", _request.ResourceId)]),
            "action" => (_request.ActionProperties, [("name", _asked.Action)]),
            _ => (_request.Context, Array.Empty<(string, string?)>()),
        };
        rest = root is "" or "subject" or "resource" or "action" or "context" ? rest : path;
        rest = besides.Length > 0 && rest.StartsWith("properties.") ? rest["properties.".Length..] : rest;
        if (besides.FirstOrDefault(pair => pair.Item1 == rest && pair.Item2 is not null).Item2 is { } text)
        {
            return AttributeValue.Of(text);
        }
        AttributeValue? at = AttributeValue.Of(bag);
        foreach (var name in rest.Split('.'))
        {
            at = at is { Kind: AttributeKind.Object } inner && inner.AsObject.TryGet(name, out var next) ? next : null;
        }
        return at;
    }
}
