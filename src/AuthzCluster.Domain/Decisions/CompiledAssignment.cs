using AuthzCluster.Domain.Assignments;
using AuthzCluster.Domain.Attributes;
using AuthzCluster.Domain.Policies;

namespace AuthzCluster.Domain.Decisions;

/// <summary>An assignment as decisions read it. Immutable.</summary>
internal sealed class CompiledAssignment(Assignment definition, string? team, CustomConditions custom)
{
    private readonly (AttributePath Resource, AttributePath Context, AttributeValue Value)[] _scope =
        definition.Scope.Count == 0
            ? []
            : [.. definition.Scope.Select(key => (AttributePath.OfResource(key.Key), AttributePath.OfContext(key.Key), key.Value))];

    private readonly CompiledCondition[] _conditions = ConditionCompiler.Compile(definition.Conditions, custom);

    /// <summary>What was compiled.</summary>
    public Assignment Definition => definition;

    /// <summary>The team through which the subject has it; null: the subject's own.</summary>
    public string? Team => team;

    /// <summary>Whether something besides time and role decides that it counts.</summary>
    public bool IsConditional => _scope.Length > 0 || _conditions.Length > 0;

    /// <summary>Whether time alone may change what its conditions come to.</summary>
    public bool DependsOnTime => Array.Exists(_conditions, condition => condition.DependsOnTime);

    /// <summary>Whether one of its conditions asks an outside engine.</summary>
    public bool AsksOutside => Array.Exists(_conditions, condition => condition.AsksOutside);

    /// <summary>Whether its scope and all its conditions hold.</summary>
    public bool Applies(AccessRequest request, long now) => !IsConditional || (FindMismatch(request) is null && Conditions(request, now) == Truth.True);

    /// <summary>Whether its scope and all its conditions may hold at some time: those that neither time nor an outside engine is anything to hold.</summary>
    public bool MayApply(AccessRequest request, long now)
    {
        foreach (var condition in _conditions)
        {
            if (!condition.DependsOnTime && !condition.AsksOutside && condition.Evaluate(request, now) != Truth.True)
            {
                return false;
            }
        }
        return FindMismatch(request) is null;
    }

    /// <summary>What its conditions come to together.</summary>
    public Truth Conditions(AccessRequest request, long now) => Truths.All(_conditions, request, now);

    /// <summary>Before this instant time alone cannot change what its conditions come to.</summary>
    public long ChangesAfter(long now) => CompiledCondition.ChangesAfter(_conditions, now);

    /// <summary>The first key of the scope that the request does not agree with; null: none.</summary>
    public string? FindMismatch(AccessRequest request)
    {
        for (var i = 0; i < _scope.Length; i++)
        {
            if (!Agrees(i, request))
            {
                return definition.Scope.ElementAt(i).Key;
            }
        }
        return null;
    }

    /// <summary>All keys of the scope that the request does not agree with.</summary>
    public IEnumerable<string> Mismatches(AccessRequest request) => definition.Scope.Select(key => key.Key).Where((_, i) => !Agrees(i, request));

    private bool Agrees(int key, AccessRequest request)
    {
        var (resource, context, value) = _scope[key];
        return (resource.TryGet(request, out var actual) || context.TryGet(request, out actual)) && actual == value;
    }
}
