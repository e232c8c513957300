using AuthzCluster.Actors.Doors;
using AskedOutside = AuthzCluster.Domain.Policies.Outside.OutsideStep;
using LookedAt = AuthzCluster.Domain.Decisions.PolicyStep;
using TraceStep = AuthzCluster.Domain.Decisions.TraceStep;
using Weighed = AuthzCluster.Domain.Decisions.ConditionStep;
using Effects = AuthzCluster.Domain.Policies.PolicyEffect;

namespace AuthzCluster.Client.Orleans.Mapping;

/// <summary>The steps of an explanation.</summary>
internal static class Steps
{
    public static DecisionStep Write(TraceStep step) => new()
    {
        Outcome = EnumText.Of(step.Outcome),
        Assignment = step.Assignment,
        Role = step.Role,
        Team = step.Team,
        Path = [.. step.Path],
        Permission = step.Permission?.ToString(),
        Detail = step.Detail,
    };

    /// <summary>A policy as it was looked at; or which it is and whether it decided, where the caller may not read policies.</summary>
    public static PolicyStep Write(LookedAt step, bool isShown) => !isShown ? new PolicyStep { Policy = step.Policy, Decided = step.Decided } : new PolicyStep
    {
        Policy = step.Policy,
        Decided = step.Decided,
        Name = step.Name,
        Effect = step.Effect == Effects.Deny ? PolicyEffect.Deny : PolicyEffect.Allow,
        Priority = step.Priority,
        Role = step.Role,
        Outcome = EnumText.Of(step.Outcome),
        MatchesTarget = step.MatchesTarget,
        Conditions = Write(step.Conditions),
    };

    public static OutsideStep Write(AskedOutside step) => new()
    {
        Engine = "opa",
        Path = step.Path,
        Answer = step.IsUndefined ? "undefined" : EnumText.Of(step.Answer),
        Problem = step.Problem,
        IsFinalWord = step.IsFinalWord,
    };

    private static IReadOnlyList<ConditionStep> Write(IEnumerable<Weighed> conditions) => [.. conditions.Select(condition => new ConditionStep
    {
        Type = condition.Type,
        Result = EnumText.Of(condition.Result),
        Saw = Attributes.Write(condition.Saw),
        Parts = Write(condition.Parts),
    })];
}
