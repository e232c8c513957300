using System.Text;
using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Decisions;
using AuthzCluster.Domain.Entities;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;
using AuthzCluster.Specification.Oracles;
using AuthzCluster.Testing.Cases;

namespace AuthzCluster.Specification.Generation;

/// <summary>
/// Writes a question of a generated world, with all that bears on it and nothing else, as the text of a case file:
/// what a disagreement is reported as. A role that is being deleted is written as an inactive one, an assignment
/// of a missing role is left out: neither gives anything, and a case can make neither. One that ended by its expiry
/// is written as any other: it counts by its time.
/// </summary>
public static class CaseWriter
{
    /// <summary>The text of a case that expects what the oracle answers.</summary>
    public static string Write(GeneratedWorld world, GeneratedRequest request)
    {
        var state = world.SubjectOf(request.Request.Subject);
        return Write(world, request, Oracle.Decide(world.Model, state, world.Entities, request.Request, request.At));
    }

    /// <summary>The text of a case that expects <paramref name="answer"/>.</summary>
    public static string Write(GeneratedWorld world, GeneratedRequest request, OracleAnswer answer)
    {
        var state = world.SubjectOf(request.Request.Subject);
        var known = world.Model.Roles.Values.Concat(PackRoles.Of(world.Model.Packs)).ToDictionary(role => role.Id);
        var teams = state.Teams.Select(team => (Team: team, Grants: Possible(
            world.Model.TeamGrants.GetValueOrDefault(team, []), world.Model.TeamHistory.GetValueOrDefault(team, [])))).ToList();
        var own = Possible(state.Live, state.History);
        var text = new StringBuilder();
        text.AppendLine($"title: {Quote($"World of seed {world.Seed}")}");
        var isSuspended = own.Concat(teams.SelectMany(team => team.Grants)).Any(one => one.IsSuspended);
        text.AppendLine($"requires: {List(isSuspended ? ["suspend"] : Array.Empty<string>(), one => one)}");
        text.AppendLine($"packs: {List(world.Model.Packs, pack => pack)}");
        text.AppendLine($"policies: {PolicyWriter.Write(world.Model.Policies.Values)}");
        WriteRoles(text, Reached(own.Concat(teams.SelectMany(team => team.Grants)), known));
        WriteHolders(text, "teams", teams.Where(team => team.Grants.Count > 0).Select(team => (team.Team, "", team.Grants)));
        WriteHolders(text, "subjects", [(request.Request.Subject.ToString(), $"    teams: {List(state.Teams, Quote)}\n", own)]);
        WriteEntities(text, world, request.Request);
        WriteCheck(text, request, answer);
        return text.Replace("\r\n", "\n").ToString();

        List<Assignment> Possible(IEnumerable<Assignment> live, IEnumerable<Assignment> ended) =>
            [.. live.Where(one => known.ContainsKey(one.Role)), .. ended.Where(one => one.RevokedAt is null && known.TryGetValue(one.Role, out var role) && one.IsOf(role))];
    }

    private static List<RoleDefinition> Reached(IEnumerable<Assignment> assignments, Dictionary<RoleId, RoleDefinition> known)
    {
        var reached = new HashSet<RoleId>();
        var next = new Queue<RoleId>(assignments.Select(one => one.Role));
        while (next.TryDequeue(out var id))
        {
            if (known.TryGetValue(id, out var role) && !role.IsSystem && reached.Add(id))
            {
                role.Parents.ToList().ForEach(edge => next.Enqueue(edge.Parent));
            }
        }
        return [.. reached.OrderBy(id => id.Value, StringComparer.Ordinal).Select(id => known[id])];
    }

    private static void WriteRoles(StringBuilder text, List<RoleDefinition> roles)
    {
        text.AppendLine(roles.Count == 0 ? "roles: []" : "roles:");
        foreach (var role in roles)
        {
            text.AppendLine($"  - name: {Quote(role.Name)}");
            text.AppendLine($"    id: {Quote(role.Id.Value)}");
            text.AppendLine($"    hierarchy_level: {role.Level}");
            if (!role.IsActive || role.IsDeleting)
            {
                text.AppendLine("    is_active: false");
            }
            text.AppendLine($"    permissions: {List(role.Permissions, permission => Quote(permission.ToString()))}");
            text.Append(role.Policies.IsEmpty ? "" : $"    policies: {PolicyWriter.Write(role.Policies)}\n");
            text.AppendLine(role.Parents.Length == 0 ? "    parents: []" : "    parents:");
            foreach (var edge in role.Parents)
            {
                text.Append($"      - {{role_id: {Quote(edge.Parent.Value)}, inheritance_type: {edge.Type.ToString().ToLowerInvariant()}");
                text.Append(edge.Patterns.Length == 0 ? "" : $", permissions: {List(edge.Patterns, pattern => Quote(pattern.ToString()))}");
                text.AppendLine($"{Conditions(edge.Conditions)}}}");
            }
        }
    }

    private static void WriteHolders(StringBuilder text, string key, IEnumerable<(string Name, string First, List<Assignment> Grants)> holders)
    {
        foreach (var (holder, i) in holders.Select((holder, i) => (holder, i)))
        {
            text.Append(i == 0 ? $"{key}:\n" : "").AppendLine($"  {Quote(holder.Name)}:").Append(holder.First);
            text.AppendLine(holder.Grants.Count == 0 ? "    assignments: []" : "    assignments:");
            foreach (var one in holder.Grants)
            {
                text.Append($"      - {{as: {Quote(one.Id)}, role: {Quote(one.Role.Value)}");
                text.Append(one.Scope.Count == 0 ? "" : $", scope: {Flow(AttributeValue.Of(one.Scope))}");
                text.Append(one.StartsAt is { } starts ? $", starts_at: {Quote(CaseTime.Text(starts))}" : "");
                text.Append(one.ExpiresAt is { } expires ? $", expires_at: {Quote(CaseTime.Text(expires))}" : "");
                text.AppendLine($"{(one.IsSuspended ? ", suspended: true" : "")}{Conditions(one.Conditions)}}}");
            }
        }
    }

    private static void WriteEntities(StringBuilder text, GeneratedWorld world, AccessRequest request)
    {
        var asked = new EntityId?[] { EntityId.Of(request.Subject), EntityId.OfResource(request) }.OfType<EntityId>().Distinct().Where(world.Entities.ContainsKey);
        foreach (var (entity, i) in asked.Select((entity, i) => (entity, i)))
        {
            text.Append(i == 0 ? "entities:\n" : "");
            text.AppendLine($"  - {{type: {Quote(entity.Type)}, id: {Quote(entity.Id)}, properties: {Flow(AttributeValue.Of(world.Entities[entity]))}}}");
        }
    }

    private static void WriteCheck(StringBuilder text, GeneratedRequest question, OracleAnswer answer)
    {
        var request = question.Request;
        // The canonical text leaves the scope * out; here it was asked for.
        var isStar = request.HasExplicitScope && request.Permission.Scope == Domain.Permissions.PermissionScope.Any;
        text.AppendLine("checks:");
        text.AppendLine($"  - subject: {Quote(request.Subject.ToString())}");
        text.AppendLine($"    permission: {Quote(isStar ? $"{request.Permission.Resource}:{request.Permission.Action}:*" : request.Permission.ToString())}");
        text.AppendLine($"    at: {Quote(CaseTime.Text(question.At))}");
        var resource = new[] { ("type", request.ResourceType), ("id", request.ResourceId) }
            .Where(pair => pair.Item2 is not null).Select(pair => $"{pair.Item1}: {Quote(pair.Item2!)}, ");
        text.AppendLine($"    resource: {{{string.Concat(resource)}properties: {Flow(AttributeValue.Of(request.ResourceProperties))}}}");
        foreach (var (key, bag) in new[]
        {
            ("subject_properties", request.SubjectProperties), ("action_properties", request.ActionProperties), ("context", request.Context),
        })
        {
            text.Append(bag.Count == 0 ? "" : $"    {key}: {Flow(AttributeValue.Of(bag))}\n");
        }
        text.Append($"    expect: {{reason: {answer.Reason}");
        text.Append(answer.MatchedRole is { } role ? $", matched_role: {Quote(role)}" : "");
        text.Append(answer.MatchedPermission is { } permission ? $", matched_permission: {Quote(permission)}" : "");
        text.Append(answer.MatchedAssignment is { } assignment ? $", matched_assignment: {Quote(assignment)}" : "");
        text.Append($", matched_policy: {(answer.MatchedPolicy is { } policy ? Quote(policy) : "null")}");
        text.Append(answer.ValidUntil is { } until ? $", valid_until: {Quote(CaseTime.Text(until))}" : answer.LookedUntil is null ? ", valid_until: null" : "");
        text.AppendLine("}");
    }

    internal static string Conditions(IReadOnlyList<Condition> conditions) => conditions.Count == 0 ? "" :
        $", conditions: {List(conditions, one => $"{{type: {one.Type}, params: {Flow(AttributeValue.Of(one.Params))}}}")}";

    private static string Flow(AttributeValue value) => value.Kind switch
    {
        AttributeKind.Null => "null",
        AttributeKind.Boolean => value.AsBoolean ? "true" : "false",
        AttributeKind.Number => value.NumberText,
        AttributeKind.String => Quote(value.AsString),
        AttributeKind.List => List(value.AsList, Flow),
        _ => "{" + string.Join(", ", value.AsObject.Select(pair => $"{Quote(pair.Key)}: {Flow(pair.Value)}")) + "}",
    };

    internal static string List<T>(IEnumerable<T> items, Func<T, string> write) => "[" + string.Join(", ", items.Select(write)) + "]";

    internal static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
