using System.Collections.Immutable;
using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Roles;

namespace AuthzCluster.Domain.Decisions;

/// <summary>What it takes that a role inherits from those above it: roles to be switched on, conditions of edges to be lifted.</summary>
internal sealed class RoleReach(WhatIf root, long now)
{
    /// <summary>The fewest changes by which each role above counts with one, itself among them.</summary>
    /// <param name="role">The role.</param>
    /// <param name="passing">What must pass on the way; null: nothing, as for policies.</param>
    /// <param name="assignment">Through which the subject has it, for what is told.</param>
    public Dictionary<RoleId, ImmutableArray<Change>> From(CompiledRole role, Permission? passing, CompiledAssignment assignment)
    {
        var fewest = new Dictionary<RoleId, ImmutableArray<Change>> { [role.Definition.Id] = [] };
        var open = new PriorityQueue<CompiledRole, int>([(role, 0)]);
        while (open.TryDequeue(out var next, out var count))
        {
            foreach (var edge in count > fewest[next.Definition.Id].Length ? [] : next.Definition.Parents)
            {
                if (root.Tenant.Find(edge.Parent) is not { Definition.IsDeleting: false } parent || !Passes(edge, passing))
                {
                    continue;
                }
                var changes = fewest[next.Definition.Id].AddRange(Of(next, edge, parent, assignment));
                if (!fewest.TryGetValue(edge.Parent, out var known) || changes.Length < known.Length)
                {
                    fewest[edge.Parent] = changes;
                    open.Enqueue(parent, changes.Length);
                }
            }
        }
        return fewest;
    }

    /// <summary>That an inactive role is switched on.</summary>
    public static Change Activation(CompiledRole role, CompiledAssignment assignment) => new(
        new Obstacle(ObstacleKind.InactiveRole) { Assignment = assignment.Definition.Id, Role = role.Definition.Name, Team = assignment.Team },
        state => state.With(role.Definition.Id, one => one with { IsActive = true }));

    private static bool Passes(ParentEdge edge, Permission? passing) => edge.Type switch
    {
        InheritanceType.None => false,
        InheritanceType.Partial => passing is null || edge.Patterns.Any(pattern => pattern.Covers(passing)),
        _ => true,
    };

    private IEnumerable<Change> Of(CompiledRole role, ParentEdge edge, CompiledRole parent, CompiledAssignment assignment)
    {
        if (!parent.Definition.IsActive)
        {
            yield return Activation(parent, assignment);
        }
        if (edge.Type == InheritanceType.Conditional && Truths.All(Conditions(role, edge), root.Request, now) != Truth.True)
        {
            yield return new(
                new Obstacle(ObstacleKind.Condition)
                {
                    Assignment = assignment.Definition.Id, Role = role.Definition.Name, Team = assignment.Team,
                    Detail = $"a condition of the edge from `{role.Definition.Name}` to `{parent.Definition.Name}`",
                },
                state => state.With(role.Definition.Id, one => one with { Parents = one.Parents.Replace(edge, edge with { Type = InheritanceType.Full, Conditions = [] }) }));
        }
    }

    // Edges to and from roles that give nothing are not compiled.
    private CompiledCondition[] Conditions(CompiledRole role, ParentEdge edge) =>
        Array.Find(role.Edges, one => one.Parent.Definition.Id == edge.Parent)?.Conditions ?? ConditionCompiler.Compile(edge.Conditions, root.Tenant.Model.Custom);
}
