using AuthzCluster.Domain.Policies;
using AuthzCluster.Domain.Policies.Outside;

namespace AuthzCluster.Domain.Decisions;

/// <summary>Decides where an outside engine has a say. Apart from the engine's own way, which pays nothing for it.</summary>
internal static class OutsideDecision
{
    /// <summary>Decides; provisionally, while an answer is missing.</summary>
    public static Decision Decide(CompiledTenant tenant, SubjectGrants grants, AccessRequest request, DateTimeOffset now)
    {
        var decision = DecisionEngine.DecideHere(tenant, grants, request, now);
        var answers = request.Outside;
        // Of what is not decided here yet nobody is asked for the final word.
        if (tenant.FinalWord is { } word && answers is not { Missing.Count: > 0 })
        {
            answers?.Resume();
            var truth = answers?.Look(word with { Local = new OutsideLocal(decision.IsAllowed, decision.Reason) }) ?? Truth.Error;
            decision = Last(decision, truth);
        }
        return answers is null ? decision : decision with { ValidUntil = answers.Cap(decision.ValidUntil, now) };
    }

    private static Decision Last(Decision here, Truth truth) =>
        truth == Truth.True && here.IsAllowed ? here : new Decision
        {
            Reason = truth switch
            {
                Truth.True => DecisionReason.GrantedByPolicy,
                Truth.False => DecisionReason.DeniedByPolicy,
                _ => DecisionReason.PolicyError,
            },
            ValidUntil = here.ValidUntil,
            ModelRevision = here.ModelRevision,
            SubjectRevision = here.SubjectRevision,
        };
}
