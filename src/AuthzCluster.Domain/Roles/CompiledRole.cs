using AuthzCluster.Domain.Permissions;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Domain.Roles;

/// <summary>A role as decisions read it: what it gives, own and inherited, flattened. Immutable; replaced when it or an ancestor changes.</summary>
internal sealed class CompiledRole
{
    /// <summary>What the text begins with by which policies name a role.</summary>
    public const string PrincipalType = "role:";

    private string? _principalText;

    /// <summary>From its definition and its parents.</summary>
    public CompiledRole(RoleDefinition definition, CompiledEdge[] edges, PermissionTable table, PermissionSetPool pool)
    {
        Definition = definition;
        Edges = edges;
        if (!Gives(definition))
        {
            Edges = [];
            Own = Certain = Possible = PermissionSet.Empty;
            return;
        }
        var own = new PermissionSetBuilder(definition.Permissions.Length);
        foreach (var permission in definition.Permissions)
        {
            own.Add(table.KeyOf(permission), permission);
        }
        Own = pool.Share(own.Build());
        Certain = pool.Share(Flatten(certainly: true));
        Possible = Array.Exists(edges, edge => edge.Conditions is not null || edge.Parent.HasConditions) ? pool.Share(Flatten(certainly: false)) : Certain;
        HasConditions = !ReferenceEquals(Possible, Certain);
        // Also where no permission hangs on it: a parent brings its policies, and is named by others.
        DependsOnTime = Array.Exists(edges, edge => edge.Parent.DependsOnTime || edge.DependsOnTime);
    }

    /// <summary>The definition.</summary>
    public RoleDefinition Definition { get; }

    /// <summary>What policies name it by: <c>role:NAME</c>. Made when first asked for, and kept.</summary>
    public string PrincipalText => _principalText ??= PrincipalType + Definition.Name;

    /// <summary>The edges through which something can pass.</summary>
    public CompiledEdge[] Edges { get; }

    /// <summary>Its own permissions.</summary>
    public PermissionSet Own { get; }

    /// <summary>What it gives whatever the conditions of edges come to.</summary>
    public PermissionSet Certain { get; }

    /// <summary>What it gives if they all hold.</summary>
    public PermissionSet Possible { get; }

    /// <summary>Whether something of <see cref="Possible"/> hangs on conditions of edges.</summary>
    public bool HasConditions { get; }

    /// <summary>Whether time alone may change what it gives, or which roles count with it.</summary>
    public bool DependsOnTime { get; }

    /// <summary>Whether one of its own edges asks an outside engine.</summary>
    public bool AsksOutside => Array.Exists(Edges, edge => edge.AsksOutside);

    /// <summary>Before this instant time alone cannot change what it gives, or which roles count with it.</summary>
    public long ChangesAfter(long now) =>
        DependsOnTime ? Edges.Min(edge => Math.Min(CompiledCondition.ChangesAfter(edge.Conditions, now), edge.Parent.ChangesAfter(now))) : CompiledCondition.Never;

    /// <summary>Whether a role gives anything at all.</summary>
    public static bool Gives(RoleDefinition definition) => definition is { IsActive: true, IsDeleting: false };

    private PermissionSet Flatten(bool certainly)
    {
        var edges = certainly ? Array.FindAll(Edges, edge => edge.Conditions is null) : Edges;
        var parents = Array.ConvertAll(edges, edge => certainly ? edge.Parent.Certain : edge.Parent.Possible);
        if (parents.Length == 0)
        {
            return Own;
        }
        var all = new PermissionSetBuilder(Own.Count + parents.Max(parent => parent.Count));
        all.Add(Own);
        var whole = new List<PermissionSet> { Own };
        for (var i = 0; i < edges.Length; i++)
        {
            if (edges[i].Patterns is null)
            {
                all.Add(parents[i]);
                whole.Add(parents[i]);
                continue;
            }
            foreach (var (key, permission) in parents[i])
            {
                if (edges[i].Passes(permission))
                {
                    all.Add(key, permission);
                }
            }
        }
        return all.Build([.. whole]);
    }
}
