using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Domain.Roles;

/// <summary>An edge through which something can pass: never one of kind <c>none</c>, nor one to a role that gives nothing.</summary>
internal sealed class CompiledEdge
{
    /// <summary>From the definition and the parent.</summary>
    public CompiledEdge(ParentEdge definition, CompiledRole parent, CustomConditions custom)
    {
        Parent = parent;
        Patterns = definition.Type == InheritanceType.Partial ? [.. definition.Patterns] : null;
        Conditions = definition.Type == InheritanceType.Conditional ? ConditionCompiler.Compile(definition.Conditions, custom) : null;
    }

    /// <summary>The parent.</summary>
    public CompiledRole Parent { get; }

    /// <summary>What lets a permission through; null: all pass.</summary>
    public Permission[]? Patterns { get; }

    /// <summary>What must hold; null: nothing.</summary>
    public CompiledCondition[]? Conditions { get; }

    /// <summary>Whether time alone may change what the conditions come to.</summary>
    public bool DependsOnTime => Conditions is not null && Array.Exists(Conditions, condition => condition.DependsOnTime);

    /// <summary>Whether one of the conditions asks an outside engine.</summary>
    public bool AsksOutside => Conditions is not null && Array.Exists(Conditions, condition => condition.AsksOutside);

    /// <summary>Whether a permission of the parent passes, as it is written, while the conditions hold.</summary>
    public bool Passes(Permission permission)
    {
        if (Patterns is null)
        {
            return true;
        }
        foreach (var pattern in Patterns)
        {
            if (pattern.Covers(permission))
            {
                return true;
            }
        }
        return false;
    }
}
