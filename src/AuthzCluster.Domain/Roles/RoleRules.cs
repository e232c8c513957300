using System.Collections.Immutable;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Errors;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Domain.Roles;

/// <summary>What a role may be by itself, whatever other roles there are.</summary>
internal static class RoleRules
{
    public const int MostPermissions = 20_000, MostParents = 100, MostPatterns = 1_000, HighestLevel = 100;

    /// <summary>What is said of assignments where no role is made.</summary>
    public const string OnlyOfANewRole = "is of a new role only; assign it instead";

    private const int MostAssigned = 1_000;

    private const int LongestDisplayName = 1_000, LongestDescription = 10_000, LongestMetadata = 64 * 1024;

    /// <summary>Adds what is wrong with all but permissions and parents.</summary>
    public static void Check(RoleDraft draft, string prefix, List<FieldError> errors)
    {
        Add(draft.Id is null ? null : TextRules.IdProblem(draft.Id), "id");
        Add(TextRules.NameProblem(draft.Name), "name");
        Add(TextRules.TextProblem(draft.DisplayName, LongestDisplayName), "display_name");
        Add(TextRules.TextProblem(draft.Description, LongestDescription), "description");
        Add(TextRules.TextProblem(draft.Type, TextRules.LongestName), "type");
        Add(draft.Level is < 0 or > HighestLevel ? $"must be 0 to {HighestLevel}" : null, "hierarchy_level");
        AttributeRules.Check(draft.Metadata, $"{prefix}metadata", LongestMetadata, errors);
        var assigned = draft.AssignedTo;
        Add(assigned.Count > MostAssigned && assigned.Distinct().Count() > MostAssigned ? $"must be at most {MostAssigned}" : null, "assigned_to");
        for (var i = 0; i < assigned.Count; i++)
        {
            Add(TextRules.TypeProblem(assigned[i].Type) is { } problem ? $"its type {problem}" : TextRules.IdProblem(assigned[i].Id), $"assigned_to[{i}]");
        }

        void Add(string? problem, string field)
        {
            if (problem is not null)
            {
                errors.Add(new FieldError(prefix + field, problem));
            }
        }
    }

    /// <summary>Adds an error where a role has more permissions than it may.</summary>
    public static void CheckCount(ImmutableArray<Permission> permissions, string prefix, List<FieldError> errors)
    {
        if (permissions.Length > MostPermissions)
        {
            errors.Add(new FieldError($"{prefix}permissions", $"must be at most {MostPermissions}"));
        }
    }

    /// <summary>Reads the edges, in order of the parents' ids; a parent that <paramref name="resolve"/> does not find is an error.</summary>
    public static ImmutableArray<ParentEdge> ReadParents(
        RoleDraft draft, Func<string, RoleId?> resolve, PermissionPool pool, string prefix, List<FieldError> errors, CustomConditions custom)
    {
        if (draft.Parents.Count == 0)
        {
            return [];
        }
        if (draft.Parents.Count > MostParents)
        {
            errors.Add(new FieldError($"{prefix}parents", $"must be at most {MostParents}"));
            return [];
        }
        var edges = new SortedDictionary<string, ParentEdge>(StringComparer.Ordinal);
        for (var i = 0; i < draft.Parents.Count; i++)
        {
            var (parent, path) = (draft.Parents[i], $"{prefix}parents[{i}].");
            var role = TextRules.IdProblem(parent.Role) is null ? resolve(parent.Role) : null;
            var problem = TextRules.IdProblem(parent.Role) ?? (role is null ? $"there is no role `{parent.Role}`" : null);
            var edge = ReadEdge(parent, role ?? default, pool, path, errors, custom);
            if (problem is null && !edges.TryAdd(edge.Parent.Value, edge))
            {
                problem = $"the role `{parent.Role}` is a parent twice";
            }
            if (problem is not null)
            {
                errors.Add(new FieldError(parent.Field is { } field ? prefix + field : $"{path}role_id", problem));
            }
        }
        return [.. edges.Values];
    }

    /// <summary>Reads one edge: patterns belong to a partial one, conditions to a conditional one, and each of these needs its own.</summary>
    public static ParentEdge ReadEdge(ParentDraft draft, RoleId parent, PermissionPool pool, string prefix, List<FieldError> errors, CustomConditions custom)
    {
        var patterns = pool.Read(draft.Permissions, $"{prefix}permissions", errors);
        Check(draft.Type == InheritanceType.Partial, draft.Permissions.Count, MostPatterns, "permissions", "partial");
        Check(draft.Type == InheritanceType.Conditional, draft.Conditions.Count, int.MaxValue, "conditions", "conditional");
        StoredConditions.Check(draft.Conditions, $"{prefix}conditions", errors, custom);
        return new ParentEdge(parent, draft.Type) { Patterns = patterns, Conditions = [.. draft.Conditions] };

        void Check(bool isNeeded, int count, int most, string field, string kind)
        {
            var problem = isNeeded && count == 0 ? $"must not be empty where the inheritance is {kind}"
                : !isNeeded && count > 0 ? $"belong to {kind} inheritance only"
                : count > most ? $"must be at most {most}" : null;
            if (problem is not null)
            {
                errors.Add(new FieldError(prefix + field, problem));
            }
        }
    }
}
